import { all, any, call, field, inside, text, within } from "../matchers.ts";
import { wordsOf } from "./words.ts";

const joined = any({ kind: "string" }, { kind: "concatenated_string" });
const route =
  "^@\\w+\\.(route|get|post|put|patch|delete|api_route|websocket)\\(|^@(action|api_view|require_\\w+)\\b";

export const python = wordsOf({
  request: any(
    text(
      "attribute",
      "^(self\\.|flask\\.|ctx\\.)?request\\.(args|form|json|values|GET|POST|data|cookies|headers|query_params|path_params|match_info|query|query_string)$",
    ),
    call("call", "^(self\\.|flask\\.)?request\\.(get_json|get_data)$"),
    call("call", "^self\\.get_(query_|body_)?arguments?$"),
  ),
  declared: [{ kind: "assignment", name: "left", value: "right" }],
  functions: { kind: "function_definition" },
  condition: {
    inside: {
      any: [{ kind: "if_statement" }, { kind: "elif_clause" }, { kind: "assert_statement" }],
      field: "condition",
    },
  },
  parameter: inside(
    all(
      { kind: "decorated_definition" },
      { has: { kind: "decorator", regex: route } },
      field(
        "definition",
        field("parameters", {
          has: {
            any: [
              { pattern: "$V" },
              all({ kind: "typed_parameter" }, { regex: ":\\s*str$" }, { has: { pattern: "$V" } }),
            ],
          },
        }),
      ),
      { not: { pattern: "request" } },
    ),
  ),
  cleaned: call(
    "call",
    "(?i)(basename|secure_filename|^int|^float|^uuid\\.UUID|^bool|^len|quote|escape|clean|sanitize|valid\\w*|safe_join|url_for)$",
  ),
  built: any(
    all(
      { kind: "string" },
      { has: { kind: "interpolation" } },
      { not: { inside: { kind: "concatenated_string" } } },
    ),
    all({ kind: "concatenated_string" }, within({ kind: "interpolation" })),
    all({ kind: "binary_operator" }, field("operator", { regex: "^[+%]$" }), within({ kind: "string" }), {
      not: inside({ kind: "interpolation" }),
    }),
    all(
      { kind: "call" },
      field(
        "function",
        all({ kind: "attribute" }, field("object", joined), field("attribute", { regex: "^format$" })),
      ),
    ),
  ),
  operand: all(
    any({ kind: "identifier" }, { kind: "attribute" }, { kind: "call" }, { kind: "subscript" }),
    {
      inside: any(
        { kind: "interpolation" },
        { kind: "binary_operator" },
        { kind: "argument_list" },
        { kind: "tuple" },
        { kind: "keyword_argument" },
        { kind: "dictionary" },
      ),
    },
    { not: { regex: "\\.format\\(" } },
  ),
  constant: any(
    { kind: "integer" },
    { kind: "float" },
    all(joined, { not: within({ kind: "interpolation" }) }),
  ),
});
