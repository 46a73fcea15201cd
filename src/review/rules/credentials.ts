import { all, any, field, text } from "../matchers.ts";
import { type Matcher, topic } from "../rule.ts";

const secret =
  "(?i)(passw(or)?d|passwd|pwd|(api|access|secret|private|signing|encryption)_?key|secret|(auth|access|bearer|refresh|api)_?token)[\"'\\]]*(\\[\\w*\\])?$";
// What a program is shipped with has no spaces, letters and digits, and says nothing of being an example.
const looksReal: Matcher = all(
  { regex: "^[A-Za-z]{0,2}#*[\"'`][^\\s\"'`{}$<>()]{8,}[\"'`]#*$" },
  { regex: "[0-9]" },
  { regex: "[A-Za-z]" },
  {
    not: {
      regex:
        "(?i)(example|change|placeholder|your|x{3}|dummy|sample|test|default|fake|mock|redacted|insert|\\*{3}|\\.{3}|://|^[\"'`][./]|^.(pass|secret|token|key)\\w*.$)",
    },
  },
);
/** A name and its value by the grammar's names for both. */
const given = (kind: string, name: string, value: string): Matcher =>
  all({ kind }, field(name, { regex: secret }), field(value, looksReal));
const key = "-----BEGIN [A-Z ]*PRIVATE KEY-----";
const privateKey = (...kinds: string[]): Matcher => any(...kinds.map((kind) => text(kind, key)));
const formats =
  "\\b((AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,}|glpat-[\\w-]{20}|sk_live_[A-Za-z0-9]{20,}|xox[abprs]-[\\w-]{20,}|AIza[\\w-]{35}|sk-ant-[\\w-]{30,}|npm_[A-Za-z0-9]{36})";
const token = (...kinds: string[]) => ({
  id: "format",
  inTests: true,
  sentence:
    "This text has the form of a service's secret key: take it out, and have the service replace it, since git keeps it.",
  find: all(any(...kinds.map((kind) => text(kind, formats))), {
    not: { regex: "(?i)example|x{6}|0{8}|(abc|123){3}" },
  }),
});
// Put together, so that this file holds none.
const real = `"${["gh", "p_"].join("")}${"a1B2".repeat(9)}"`;
const begin = `"${["-----BEGIN", "PRIVATE KEY-----"].join(" ")}"`;

/** Secrets that stand in the code. Their values are never shown. */
export const credentials = topic(
  "credentials",
  {
    cwe: 798,
    severity: "high",
    sentence:
      "A secret stands in the code here, where all who can read it have it: take it from the environment or a secret store.",
  },
  {
    python: [
      {
        find: any(
          given("assignment", "left", "right"),
          given("keyword_argument", "name", "value"),
          given("pair", "key", "value"),
          given("default_parameter", "name", "value"),
          privateKey("string"),
        ),
        bad: [
          'password = "hunter2hunter2"',
          'connect(host, password="s3cr3t-9fk2")',
          'settings = {"SECRET_KEY": "k9#mQ2vL8pX4"}',
          `key = ${begin}`,
        ],
        good: [
          'password = os.environ["PASSWORD"]',
          'password = "changeme123"',
          'PASSWORD_FIELD = "password2"',
          'api_key = "x-api-key"',
          'token = "IDENTIFIER2"',
        ],
      },
      { ...token("string"), bad: [`client = connect(${real})`], good: ['client = connect("ghp_short")'] },
    ],
    javascript: [
      {
        find: any(
          given("variable_declarator", "name", "value"),
          given("pair", "key", "value"),
          given("assignment_expression", "left", "right"),
          privateKey("string", "template_string"),
        ),
        bad: [
          'const apiKey = "9f8e7d6c5b4a3210";',
          'connect({ user, password: "hunter2hunter2" });',
          'config.jwtSecret = "k9mQ2vL8pX4";',
        ],
        good: [
          "const apiKey = process.env.API_KEY;",
          'const labels = { password: "Password" };',
          'const password = "your-password-1";',
        ],
      },
      { ...token("string", "template_string"), bad: [`connect(${real});`], good: ['connect("ghp_short");'] },
    ],
    go: [
      {
        find: any(
          given("short_var_declaration", "left", "right"),
          given("const_spec", "name", "value"),
          given("var_spec", "name", "value"),
          privateKey("interpreted_string_literal", "raw_string_literal"),
        ),
        bad: [
          'package a\nconst apiKey = "9f8e7d6c5b4a3210" // here',
          'package a\nfunc f() {\n\tpassword := "hunter2hunter2" // here\n}',
        ],
        good: ['package a\nvar apiKey = os.Getenv("API_KEY")'],
      },
      {
        ...token("interpreted_string_literal"),
        bad: [`package a\nvar c = connect(${real}) // here`],
        good: ['package a\nvar c = connect("ghp_short")'],
      },
    ],
    rust: [
      {
        find: any(
          given("let_declaration", "pattern", "value"),
          given("const_item", "name", "value"),
          given("static_item", "name", "value"),
          privateKey("string_literal"),
        ),
        bad: ['const API_KEY: &str = "9f8e7d6c5b4a3210";', 'fn f() { let password = "hunter2hunter2"; }'],
        good: ['fn f() { let password = std::env::var("PASSWORD1234"); }'],
      },
      {
        ...token("string_literal"),
        bad: [`fn f() { connect(${real}); }`],
        good: ['fn f() { connect("ghp_short"); }'],
      },
    ],
    java: [
      {
        find: any(
          given("variable_declarator", "name", "value"),
          given("assignment_expression", "left", "right"),
          privateKey("string_literal"),
        ),
        bad: [
          'class A { static final String API_KEY = "9f8e7d6c5b4a3210"; }',
          'class A { void f() { this.password = "hunter2hunter2"; } }',
        ],
        good: ['class A { String password = System.getenv("PASSWORD1234"); }'],
      },
      {
        ...token("string_literal"),
        bad: [`class A { void f() { connect(${real}); } }`],
        good: ['class A { void f() { connect("ghp_short"); } }'],
      },
    ],
    cpp: [
      {
        find: any(
          given("init_declarator", "declarator", "value"),
          given("assignment_expression", "left", "right"),
          all({ kind: "preproc_def" }, field("name", { regex: secret }), field("value", looksReal)),
          privateKey("string_literal"),
        ),
        bad: [
          'const char *password = "hunter2hunter2";',
          '#define API_KEY "9f8e7d6c5b4a3210"\n',
          'void f() { config.password = "hunter2hunter2"; }',
        ],
        good: ['const char *password = getenv("PASSWORD1234");'],
      },
      {
        ...token("string_literal"),
        bad: [`void f() { connect(${real}); }`],
        good: ['void f() { connect("ghp_short"); }'],
      },
    ],
  },
);
