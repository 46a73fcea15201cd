import { all, any, argument, call } from "../matchers.ts";
import { topic } from "../rule.ts";

const checked = "this language checks where it writes";

/** Writes beyond the end, and formats that others choose. */
export const memory = topic(
  "memory",
  {
    cwe: 120,
    severity: "high",
    sentence:
      "This writes as much as it is given, beyond the end of its place too: use a function that takes the size.",
  },
  {
    python: checked,
    javascript: checked,
    go: checked,
    rust: checked,
    java: checked,
    cpp: [
      {
        find: call("call_expression", "^(std::)?gets$"),
        bad: ["void f() { gets(line); }"],
        good: ["void f() { fgets(line, sizeof line, stdin); }", "void f() { stream.gets(line); }"],
      },
      {
        id: "copy",
        severity: "medium",
        find: any(
          call(
            "call_expression",
            "^(std::)?(strcpy|strcat)$",
            argument({
              nthChild: 2,
              not: any(
                { matches: "constant" },
                { kind: "conditional_expression" },
                { regex: "^[A-Z][A-Z0-9_]*$" },
              ),
            }),
          ),
          call(
            "call_expression",
            "^(std::)?v?sprintf$",
            argument(all({ kind: "string_literal" }, { regex: "%s" })),
          ),
        ),
        bad: ["void f() { strcpy(name, argument); }", 'void f() { sprintf(line, "%s: %d", name, count); }'],
        good: [
          'void f() { strcpy(name, "none"); }',
          'void f() { sprintf(line, "%d", count); }',
          'void f() { snprintf(line, sizeof line, "%s", name); }',
        ],
      },
      {
        id: "format",
        cwe: 134,
        sentence:
          'The format is a variable here, so a value can read and write memory: give "%s" and the value.',
        find: any(
          all(call("call_expression", "^(std::)?printf$"), {
            has: {
              field: "arguments",
              has: { kind: "identifier", nthChild: 1, regex: "[a-z]" },
              not: { has: { nthChild: 2 } },
            },
          }),
          all(
            call("call_expression", "^(std::)?(fprintf|syslog|sprintf)$"),
            argument({ kind: "identifier", nthChild: 2, regex: "[a-z]" }),
            { not: argument({ nthChild: 3 }) },
          ),
        ),
        bad: ["void f() { printf(message); }", "void f() { fprintf(stderr, message); }"],
        good: [
          'void f() { printf("%s", message); }',
          "void f() { printf(format, a, b); }",
          "void f() { printf(USAGE); }",
        ],
      },
    ],
  },
);
