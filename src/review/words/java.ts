import { all, any, field, inside, text, within } from "../matchers.ts";
import { wordsOf } from "./words.ts";

export const java = wordsOf({
  request: text(
    "method_invocation",
    "^(request|req|servletRequest|httpRequest)\\.(getParameter|getHeader|getQueryString|getPathInfo)\\(",
  ),
  declared: [
    { kind: "variable_declarator", name: "name", value: "value" },
    { kind: "assignment_expression", name: "left", value: "right" },
  ],
  functions: { kind: "method_declaration" },
  condition: all(
    { kind: "parenthesized_expression" },
    { inside: { kind: "if_statement" } },
    {
      not: { regex: "^\\(\\w+\\s*[!=]=\\s*null\\)$" },
    },
  ),
  parameter: inside(
    all(
      { kind: "method_declaration" },
      field("parameters", {
        has: all(
          { kind: "formal_parameter" },
          {
            regex:
              "^@(RequestParam|PathVariable|RequestHeader|CookieValue|RequestBody|QueryParam|PathParam|FormParam)\\b.*\\bString\\s+\\w+$",
          },
          field("name", { pattern: "$V" }),
        ),
      }),
    ),
  ),
  cleaned: text(
    "method_invocation",
    "(?i)^([\\w.]+\\.)?(parseInt|parseLong|valueOf|getFileName|encode|escapeHtml\\w*|htmlEscape|sanitize\\w*|validate\\w*|cleanPath|encodeForHTML|getName|fromString)\\(",
  ),
  built: any(
    all(
      { kind: "binary_expression" },
      field("operator", { regex: "^\\+$" }),
      within({ kind: "string_literal" }),
    ),
    text("method_invocation", "^String\\.format\\("),
    all(
      { kind: "method_invocation" },
      field("object", { kind: "string_literal" }),
      field("name", { regex: "^formatted$" }),
    ),
  ),
  operand: all(
    any(
      { kind: "identifier" },
      { kind: "field_access" },
      { kind: "method_invocation" },
      { kind: "array_access" },
    ),
    {
      inside: any({ kind: "binary_expression" }, { kind: "argument_list" }),
    },
  ),
  constant: any({ kind: "string_literal" }, { kind: "decimal_integer_literal" }),
});
