import { all, any, call, field, text, within } from "../matchers.ts";
import { wordsOf } from "./words.ts";

const literal = any({ kind: "interpreted_string_literal" }, { kind: "raw_string_literal" });

export const go = wordsOf({
  request: any(
    call(
      "call_expression",
      "^(r|req|request)\\.(FormValue|PostFormValue|PathValue|Header\\.Get|URL\\.Query\\(\\)\\.Get|Form\\.Get|PostForm\\.Get)$",
    ),
    call(
      "call_expression",
      "^(c|ctx)\\.(Query|Param|PostForm|DefaultQuery|QueryParam|FormValue|GetHeader|Params)$",
    ),
    call("call_expression", "^chi\\.URLParam$"),
    text("index_expression", "^mux\\.Vars\\(\\w+\\)\\["),
  ),
  declared: [
    { kind: "short_var_declaration", name: "left", value: "right" },
    { kind: "assignment_statement", name: "left", value: "right" },
  ],
  functions: any({ kind: "function_declaration" }, { kind: "method_declaration" }, { kind: "func_literal" }),
  condition: {
    inside: { kind: "if_statement", field: "condition" },
    not: { regex: '^\\w+\\s*[!=]=\\s*(""|nil)$' },
  },
  cleaned: call(
    "call_expression",
    "(?i)(\\.Base|Atoi|ParseInt|ParseUint|ParseFloat|ParseBool|uuid\\.Parse|QueryEscape|PathEscape|EscapeString|HTMLEscape\\w*|SecureJoin|sanitize\\w*|validate\\w*|valid\\w*)$",
  ),
  built: any(
    all({ kind: "binary_expression" }, field("operator", { regex: "^\\+$" }), within(literal)),
    call("call_expression", "^fmt\\.(Sprintf|Sprint)$", within(literal)),
  ),
  operand: all(
    any(
      { kind: "identifier" },
      { kind: "selector_expression" },
      { kind: "call_expression" },
      { kind: "index_expression" },
    ),
    {
      inside: any({ kind: "binary_expression" }, { kind: "argument_list" }),
    },
  ),
  constant: any(literal, { kind: "int_literal" }),
});
