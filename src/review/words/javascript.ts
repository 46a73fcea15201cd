import { all, any, call, field, text, within } from "../matchers.ts";
import { wordsOf } from "./words.ts";

const plainTemplate = all({ kind: "template_string" }, { not: { has: { kind: "template_substitution" } } });

export const javascript = wordsOf({
  request: any(
    text(
      "member_expression",
      "^(req|request|ctx|context|ctx\\.request|c\\.req|event)\\.(query|params|body|headers|cookies|queryStringParameters|pathParameters)$",
    ),
    call("call_expression", "^c\\.req\\.(query|param|header)$|^req\\.(param|get|header)$"),
    text("member_expression", "^(window\\.|document\\.)?location\\.(hash|search)$"),
  ),
  declared: [
    { kind: "variable_declarator", name: "name", value: "value" },
    { kind: "assignment_expression", name: "left", value: "right" },
  ],
  functions: any({ kind: "statement_block" }, { kind: "program" }),
  condition: all(
    { kind: "parenthesized_expression" },
    { inside: any({ kind: "if_statement" }, { kind: "while_statement" }) },
  ),
  cleaned: call(
    "call_expression",
    "(?i)(basename|parseInt|Number|BigInt|Boolean|encodeURIComponent|encodeURI|escape\\w*|sanitize\\w*|validate\\w*|(schema|validator|body|query|params)\\w*\\.(parse|safeParse|cast)|purify\\.\\w+)$",
  ),
  built: any(
    all({ kind: "template_string" }, { has: { kind: "template_substitution" } }),
    all(
      { kind: "binary_expression" },
      field("operator", { regex: "^\\+$" }),
      within(any({ kind: "string" }, { kind: "template_string" })),
      within(any({ kind: "identifier" }, { kind: "call_expression" })),
    ),
  ),
  operand: all(
    any(
      { kind: "identifier" },
      { kind: "member_expression" },
      { kind: "call_expression" },
      { kind: "subscript_expression" },
    ),
    { inside: any({ kind: "template_substitution" }, { kind: "binary_expression" }) },
  ),
  constant: any({ kind: "string" }, { kind: "number" }, plainTemplate),
});
