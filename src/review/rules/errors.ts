import { all, any, field } from "../matchers.ts";
import { type Matcher, topic } from "../rule.ts";

const empty: Matcher = { regex: "^\\{\\s*\\}$" };

/** Errors that nobody hears of. */
export const errors = topic(
  "error",
  {
    cwe: 390,
    severity: "medium",
    sentence:
      "An error is dropped here and nobody hears of it: handle it, pass it on, or say why it does not matter.",
  },
  {
    python: [
      {
        find: all(
          { kind: "except_clause" },
          { regex: "^except(\\s+\\(?(Base)?Exception\\)?(\\s+as\\s+\\w+)?)?\\s*:\\s*(pass|\\.\\.\\.)$" },
        ),
        bad: [
          "try:\n    f()  # below\nexcept:\n    pass",
          "try:\n    f()  # below\nexcept Exception:\n    ...",
        ],
        good: [
          "try:\n    f()\nexcept KeyError:\n    pass",
          "try:\n    f()\nexcept Exception:\n    log.exception('f')",
          "try:\n    f()\nexcept Exception:\n    # Gone already.\n    pass",
        ],
      },
    ],
    javascript: [
      {
        find: all({ kind: "catch_clause" }, field("body", empty)),
        bad: ["try { f(); } catch {}", "try { f(); } catch (error) { }"],
        good: [
          "try { f(); } catch { /* It is gone already. */ }",
          "try { f(); } catch (error) { report(error); }",
        ],
      },
      {
        id: "promise",
        severity: "low",
        find: all(
          { kind: "call_expression" },
          field("function", all({ kind: "member_expression" }, field("property", { regex: "^catch$" }))),
          { has: { field: "arguments", has: { kind: "arrow_function", has: { field: "body", ...empty } } } },
        ),
        bad: ["save().catch(() => {});"],
        good: [
          "save().catch((error) => report(error));",
          "save().catch(() => { /* Tried again later. */ });",
        ],
      },
    ],
    go: [
      {
        find: any(
          all(
            { kind: "if_statement" },
            field("condition", { regex: "^\\w*[eE]rr\\w*\\s*!=\\s*nil$" }),
            field("consequence", empty),
            { not: { has: { field: "alternative", kind: "block" } } },
          ),
          all({ kind: "assignment_statement" }, { regex: "^_\\s*=\\s*\\w*[eE]rr$" }),
        ),
        bad: [
          "package a\nfunc f() {\n\tif err != nil {} // here\n}",
          "package a\nfunc f() {\n\t_ = err // here\n}",
        ],
        good: [
          "package a\nfunc f() error {\n\tif err != nil {\n\t\treturn err\n\t}\n\treturn nil\n}",
          "package a\nfunc f() {\n\tif err != nil {\n\t\t// It is gone already.\n\t}\n}",
        ],
      },
    ],
    rust: [
      {
        severity: "low",
        find: any(
          all(
            { kind: "let_declaration" },
            field("pattern", { regex: "^_$" }),
            field(
              "value",
              all(
                { kind: "call_expression" },
                {
                  regex:
                    "(?s)^((std::|tokio::)?fs::\\w+|[\\w.]*\\.(save|commit|execute|insert|delete|update|sync_all))\\(",
                },
              ),
            ),
          ),
          all(
            { kind: "match_arm" },
            field("pattern", { regex: "^Err\\(_\\w*\\)$" }),
            field("value", any(empty, { regex: "^\\(\\)$" })),
          ),
        ),
        bad: [
          "fn f() { let _ = fs::write(path, text); }",
          "fn f() { match g() { Ok(v) => use_it(v), Err(_) => {} } }",
        ],
        good: [
          "fn f() { let _ = sender.send(value); }",
          "fn f() { let _ = guard; }",
          "fn f() { match g() { Ok(v) => use_it(v), Err(e) => report(e) } }",
        ],
      },
    ],
    java: [
      {
        find: all({ kind: "catch_clause" }, field("body", empty), {
          not: {
            has: {
              kind: "catch_formal_parameter",
              regex: "(?i)\\b(ignore\\w*|expected|unused|_|InterruptedException\\s+\\w+)$",
            },
          },
        }),
        bad: ["class A { void f() { try { g(); } catch (Exception e) { } } }"],
        good: [
          "class A { void f() { try { g(); } catch (IOException ignored) { } } }",
          "class A { void f() { try { g(); } catch (Exception e) { /* It is gone already. */ } } }",
        ],
      },
    ],
    cpp: [
      {
        find: all({ kind: "catch_clause" }, field("body", empty)),
        bad: ["void f() { try { g(); } catch (...) { } }"],
        good: [
          "void f() { try { g(); } catch (...) { /* It is gone already. */ } }",
          "void f() { try { g(); } catch (const E &e) { report(e); } }",
        ],
      },
    ],
  },
);
