import { all, any, call, field, within } from "../matchers.ts";
import { wordsOf } from "./words.ts";

const literal = any(
  { kind: "string_literal" },
  { kind: "raw_string_literal" },
  { kind: "concatenated_string" },
);

/** There is no word for a request in C and C++: their frameworks have nothing in common. */
export const cpp = wordsOf({
  request: call("call_expression", "^(std::)?getenv$", { regex: '"(QUERY_STRING|PATH_INFO|HTTP_\\w+)"' }),
  declared: [{ kind: "init_declarator", name: "declarator", value: "value" }],
  functions: { kind: "function_definition" },
  condition: { kind: "condition_clause" },
  cleaned: call(
    "call_expression",
    "(?i)(ato[il]+|sto[iul]+|strtou?ll?|strtol|escape\\w*|sanitize\\w*|validate\\w*)$",
  ),
  built: any(
    all({ kind: "binary_expression" }, field("operator", { regex: "^\\+$" }), within(literal)),
    call("call_expression", "^(std::|fmt::)format$"),
  ),
  operand: all(any({ kind: "identifier" }, { kind: "field_expression" }, { kind: "call_expression" }), {
    inside: any({ kind: "binary_expression" }, { kind: "argument_list" }),
  }),
  constant: any(literal, { kind: "number_literal" }),
});
