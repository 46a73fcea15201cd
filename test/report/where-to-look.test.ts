import { expect, test } from "@jest/globals";
import { lookList, whereToLook } from "../../src/report/where-to-look.ts";
import type { ChangedFile } from "../../src/verify/changed-files.ts";
import { hunksBetween } from "../../src/verify/gates/hunks.ts";
import type { Finding } from "../../src/verify/types.ts";

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}`);

/** A changed file of forty numbered lines, in which these lines are other ones; null: the line is gone. */
function changed(path: string, lines: Readonly<Record<number, string | null>>): ChangedFile {
  const before = numbers(1, 40);
  const after = before
    .map((line, index) => (lines[index + 1] === undefined ? line : (lines[index + 1] ?? null)))
    .filter((line) => line !== null);
  return {
    path,
    status: "modified",
    binary: false,
    hunks: hunksBetween(before.join("\n"), after.join("\n")),
  };
}

function added(path: string, lines: readonly string[]): ChangedFile {
  return { path, status: "added", binary: false, hunks: hunksBetween("", lines.join("\n")) };
}

const finding = (rest: Partial<Finding>): Finding => ({
  ...{ gate: "test-aware-source", weight: "blocking", file: "src/a.js", line: null, reason: "r" },
  ...rest,
});

const look = (changes: readonly ChangedFile[], findings: readonly Finding[] = []) =>
  whereToLook({ changes, findings, tests: [] }).map(
    ({ file, line, endLine, side, reasons }) => `${side} ${file} ${line}-${endLine}: ${reasons.join(", ")}`,
  );

test("first what is blocked, then what no test notices, security, much code, deleted code", () => {
  const gone = Object.fromEntries(numbers(1, 20).map((_, index) => [index + 1, null]));
  const changes = [
    changed("src/gone.js", gone),
    added("src/large.js", numbers(1, 50)),
    added("src/run.js", ["import { execFile } from 'node:child_process';"]),
    changed("src/untested.js", { 3: "a", 5: "b", 20: "c" }),
    changed("src/a.js", { 7: "if (process.env.NODE_ENV === 'test') return 1;" }),
  ];
  const findings = [
    finding({ gate: "not-covered", weight: "remark", file: "src/untested.js", line: 20, endLine: 20 }),
    finding({ gate: "not-tried", weight: "remark", file: "src/untested.js", line: 3, endLine: 5 }),
    finding({ line: 7 }),
  ];
  expect(look(changes, findings)).toEqual([
    "head src/a.js 7-7: a blocking finding",
    "head src/untested.js 20-20: no test that was tried notices it",
    "head src/untested.js 3-5: not tried whether a test notices it",
    "head src/run.js 1-1: shell command",
    "head src/large.js 1-50: 50 lines",
  ]);
  expect(look(changes.slice(0, 1))).toEqual(["base src/gone.js 1-20: 20 lines deleted"]);
});

test.each([
  ["src/auth/session.py", "x = 1", "a file of security's"],
  ["src/a.js", 'db.query("SELECT * FROM users WHERE id = " + id)', "SQL"],
  ["src/a.py", "data = pickle.loads(body)", "deserialisation"],
  ["src/a.js", "const hash = createHash('md5')", "cryptography"],
  ["src/a.go", 'exec.Command("sh", "-c", name)', "shell command"],
  ["src/a.rs", "let out = Command::new(name)", "shell command"],
  ["src/a.js", "await readFile(join(root, name))", "file paths"],
  ["src/a.js", "element.innerHTML = name", "raw HTML"],
  ["src/a.py", "requests.get(url, verify=False)", "certificate checks"],
])("%s with %s is a place to look at: %s", (path, line, why) => {
  expect(look([added(path, [line])])).toEqual([`head ${path} 1-1: ${why}`]);
});

test.each([
  ["a pattern that is executed", "const match = /x/.exec(text)"],
  ["a comment", "// the SELECT list FROM the menu, then readFile(x)"],
])("%s is nothing of security's", (_, line) => {
  expect(look([added("src/a.js", [line, "b"])])).toEqual([
    "head src/a.js 1-2: the largest part of the change",
  ]);
});

test("tests and lockfiles are no places for size; with nothing else the largest part is", () => {
  const changes = [
    added("test/a.test.js", numbers(1, 90)),
    added("package-lock.json", numbers(1, 900)),
    changed("src/a.js", { 3: "a", 20: "b", 21: "c" }),
  ];
  expect(look(changes)).toEqual(["head src/a.js 20-21: the largest part of the change"]);
  expect(look([])).toEqual([]);
});

test("what only deletes is read in the base, and found by where it would be", () => {
  const changes = [changed("src/a.js", { 5: "a", 20: null, 21: null, 30: "b" })];
  const findings = [finding({ gate: "not-covered", weight: "remark", line: 20, endLine: 20 })];
  expect(look(changes, findings)).toEqual(["base src/a.js 20-21: no test that was tried notices it"]);
});

test("at most five places, of which each says at most three reasons", () => {
  const many = Array.from({ length: 9 }, (_, index) =>
    added(`src/auth/${index}.js`, [
      ...numbers(1, 50),
      "db.query(`SELECT a FROM b`); eval(x); createHash(y); readFile(z)",
    ]),
  );
  const places = whereToLook({ changes: many, findings: [], tests: [] });
  expect(places).toHaveLength(5);
  expect(places.every(({ reasons }) => reasons.length === 3)).toBe(true);
});

test("each place links to its lines, whatever the file is called; deleted lines to the base", () => {
  const links = { repository: "https://ghe.example/acme/shop", base: "b".repeat(40), head: "c".repeat(40) };
  const places = [
    { file: "a b/(c)](x) `d`.js", line: 3, endLine: 9, side: "head", reasons: ["50 lines"] },
    { file: "docs/a.md", line: 1, endLine: 1, side: "base", reasons: ["the file is deleted"] },
    { file: `${"x".repeat(700)}.js`, line: 1, endLine: 1, side: "head", reasons: ["SQL"] },
    { file: "../../../../mallory/shop", line: 1, endLine: 1, side: "head", reasons: ["SQL"] },
  ] as const;
  expect(lookList(places, links).split("\n").slice(2)).toEqual([
    `- [\`\`a b/(c)](x) \`d\`.js:3–9\`\`](https://ghe.example/acme/shop/blob/${links.head}/a%20b/%28c%29%5D%28x%29%20%60d%60.js#L3-L9): 50 lines`,
    `- [\`docs/a.md:1\`](https://ghe.example/acme/shop/blob/${links.base}/docs/a.md?plain=1#L1): the file is deleted`,
    `- \`${"x".repeat(119)}…\`: SQL`,
    "- `../../../../mallory/shop:1`: SQL",
  ]);
});
