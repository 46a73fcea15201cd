import { all, any, call, field, inside, text, within } from "../matchers.ts";
import { wordsOf } from "./words.ts";

const literal = any({ kind: "string_literal" }, { kind: "raw_string_literal" });
const number = "<\\s*(\\(?\\s*)?([iu](8|16|32|64|128|size)|bool|Uuid|uuid::Uuid)\\b";

export const rust = wordsOf({
  request: text(
    "call_expression",
    "^(req|request)\\.(uri\\(\\)\\.query|match_info\\(\\)\\.query|query_string|headers\\(\\)\\.get)\\(",
  ),
  declared: [{ kind: "let_declaration", name: "pattern", value: "value" }],
  functions: { kind: "function_item" },
  condition: { inside: { kind: "if_expression", field: "condition" } },
  // What axum and actix hand to a handler.
  parameter: inside(
    all(
      { kind: "function_item" },
      field("parameters", {
        has: all(
          { kind: "parameter" },
          field(
            "pattern",
            any(
              { pattern: "$V" },
              all(text("tuple_struct_pattern", "(Path|Query|Form|Json)\\("), within({ pattern: "$V" })),
            ),
          ),
          field("type", { regex: "^(axum::extract::|web::|extract::)?(Path|Query|Form|Json)<" }),
          { not: { regex: number } },
        ),
      }),
    ),
  ),
  cleaned: call(
    "call_expression",
    "(?i)(file_name|parse|parse::<\\w+>|encode\\w*|escape\\w*|sanitize\\w*|validate\\w*)$",
  ),
  built: any(
    text("macro_invocation", "^(std::)?format!"),
    all({ kind: "binary_expression" }, field("operator", { regex: "^\\+$" }), within(literal)),
  ),
  operand: all(
    { kind: "identifier" },
    {
      inside: any({ kind: "token_tree" }, { kind: "binary_expression" }, { kind: "reference_expression" }),
    },
  ),
  constant: any(
    literal,
    { kind: "integer_literal" },
    all({ kind: "reference_expression" }, { has: literal }),
  ),
});
