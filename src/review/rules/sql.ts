import { all, argument, call, text, within } from "../matchers.ts";
import { type Matcher, topic } from "../rule.ts";

const statement =
  "(?is)[\"'`]\\s*(select\\s.*\\sfrom\\s|insert\\s+(or\\s+\\w+\\s+)?into\\s|replace\\s+into\\s|update\\s.*\\sset\\s|delete\\s+from\\s|(drop|alter|truncate)\\s+table\\s)";

/** A text that is put together, reads as SQL, and holds what may be anybody's. Its parts are not reported again. */
const builtSql = (whole: Matcher = {}): Matcher =>
  all({ matches: "built" }, { regex: statement }, within({ matches: "harmful" }), whole);
const outermost = (...kinds: string[]): Matcher => ({
  not: { inside: { any: kinds.map((kind) => ({ kind })) } },
});

/** SQL that is put together from values. */
export const sql = topic(
  "sql",
  {
    cwe: 89,
    severity: "high",
    sentence:
      "SQL is put together from values here, so a value can change what it does: give the values as parameters of the query.",
  },
  {
    python: [
      {
        find: builtSql(outermost("binary_operator", "concatenated_string")),
        bad: [
          'cursor.execute("SELECT * FROM users WHERE name = \'" + name + "\'")',
          "cursor.execute(f\"SELECT * FROM users WHERE id = {request.args['id']}\")",
          'query = "DELETE FROM users WHERE id = %s" % user_id',
          "query = \"update users set name = '{}'\".format(name)",
        ],
        good: [
          'cursor.execute("SELECT * FROM users WHERE name = %s", (name,))',
          'cursor.execute(f"SELECT * FROM {TABLE} WHERE id = ?", (user,))',
          'cursor.execute(f"SELECT * FROM users WHERE id IN ({placeholders})", ids)',
          'message = f"Select {name} from the list"'.replace("Select", "Choose"),
        ],
      },
    ],
    javascript: [
      {
        find: builtSql({
          not: {
            inside: {
              any: [
                { kind: "binary_expression" },
                { kind: "call_expression", has: { field: "arguments", kind: "template_string" } },
              ],
            },
          },
        }),
        bad: [
          `db.query(\`SELECT * FROM users WHERE name = '\${name}'\`);`,
          'const query = "SELECT * FROM users WHERE id = " + req.params.id;',
        ],
        good: [
          'db.query("SELECT * FROM users WHERE name = $1", [name]);',
          `const rows = await sql\`SELECT * FROM users WHERE name = \${name}\`;`,
          `db.query(\`SELECT \${columns} FROM users\`);`,
        ],
      },
    ],
    go: [
      {
        find: builtSql(outermost("binary_expression")),
        bad: [
          "package a\nvar q = fmt.Sprintf(\"SELECT * FROM users WHERE name = '%s'\", name) // here",
          'package a\nfunc f() {\n\tdb.Query("SELECT * FROM users WHERE id = " + id) // here\n}',
        ],
        good: [
          'package a\nfunc f() { db.Query("SELECT * FROM users WHERE id = $1", id) }',
          'package a\nvar q = fmt.Sprintf("SELECT * FROM %s WHERE id = $1", tableName)',
        ],
      },
    ],
    rust: [
      {
        find: builtSql(outermost("binary_expression")),
        bad: [
          "fn f() { let q = format!(\"SELECT * FROM users WHERE name = '{}'\", name); }",
          'fn f() { let q = "DELETE FROM users WHERE name = ".to_string() + &name; }',
        ],
        good: [
          'fn f() { sqlx::query("SELECT * FROM users WHERE name = $1").bind(name); }',
          'fn f() { let q = format!("SELECT * FROM {} WHERE id = $1", table); }',
        ],
      },
      {
        id: "named",
        find: all(
          text("macro_invocation", "^(std::)?format!"),
          { regex: statement },
          {
            regex: "(?i)=\\s*'?\\{(id|name|user\\w*|email|\\w+_id|value|key|login|title)\\}",
          },
          { not: within({ matches: "harmful" }) },
        ),
        bad: ["fn f() { let q = format!(\"SELECT * FROM users WHERE name = '{name}'\"); }"],
        good: ['fn f() { let q = format!("SELECT * FROM {table} WHERE name = $1"); }'],
      },
    ],
    java: [
      {
        find: builtSql(outermost("binary_expression")),
        bad: [
          'class A { void f() { statement.executeQuery("SELECT * FROM users WHERE id = " + id); } }',
          "class A { String q = String.format(\"SELECT * FROM users WHERE name = '%s'\", name); }",
        ],
        good: [
          'class A { void f() { connection.prepareStatement("SELECT * FROM users " + "WHERE id = ?"); } }',
          'class A { String q = "SELECT * FROM " + TABLE + " WHERE id = ?"; }',
        ],
      },
    ],
    cpp: [
      {
        find: builtSql(outermost("binary_expression")),
        bad: [
          'void f() { std::string q = "SELECT * FROM users WHERE name = \'" + name + "\'"; }',
          "void f() { auto q = fmt::format(\"DELETE FROM users WHERE name = '{}'\", name); }",
        ],
        good: ['void f() { db.prepare("SELECT * FROM users WHERE name = ?"); }'],
      },
      {
        id: "printed",
        find: call(
          "call_expression",
          "^(std::)?(v?s(n)?printf)$",
          { regex: statement },
          {
            regex: "%l?[sdu]",
          },
          argument({ matches: "harmful", follows: { matches: "constant", stopBy: "end" } }),
        ),
        bad: ["void f() { snprintf(q, sizeof q, \"SELECT * FROM users WHERE name = '%s'\", name); }"],
        good: ['void f() { snprintf(q, sizeof q, "SELECT * FROM %s", table); }'],
      },
    ],
  },
);
