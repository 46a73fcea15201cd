import { expect, test } from "@jest/globals";
import { findings } from "./change.ts";
import { sample } from "./samples.ts";

const wrap = (body: string, by = "  ") => body.replaceAll(/^(?=.)/gm, by);
const braces = (head: string) => (body: string) => `${head} {\n${wrap(body)}\n}`;
const colon = (head: string) => (body: string) => `${head}:\n${wrap(body)}`;
const first = (line: string) => (body: string) => `${line}\n${body}`;

test.each<[string, string, (body: string) => string]>([
  ["jest", "return", first("return;")],
  ["jest", "if (false)", braces("if (false)")],
  ["jest", "if of the environment", braces("if (process.env.RUN_SLOW)")],
  ["jest", "if that was not there", braces("if (ready())")],
  ["jest", "process.exit", first("process.exit(0);")],
  ["jest", "setTimeout", (body) => `setTimeout(() => {\n${wrap(body)}\n});`],
  ["jest", "a return by the environment", first("if (!process.env.FULL) return;")],
  ["jest", "a function that nobody calls", (body) => `const later = () => {\n${wrap(body)}\n};`],
  ["mocha", "a loop over nothing", braces("for (const x of [])")],
  ["node:test", "return", first("return;")],
  ["pytest", "return", first("return")],
  ["pytest", "if False", colon("if False")],
  ["pytest", "if of the environment", colon('if os.environ.get("RUN_SLOW")')],
  ["pytest", "a loop over nothing", colon("for _ in []")],
  ["pytest", "a function that nobody calls", colon("def later()")],
  ["unittest", "return", first("return None")],
  ["go", "return", first("return")],
  ["go", "if false", braces("if false")],
  ["go", "a return by the environment", first('if os.Getenv("FULL") == "" {\n  return\n}')],
  ["go", "a loop over nothing", braces("for range []int{}")],
  ["go", "os.Exit", first("os.Exit(0)")],
  ["cargo", "return", first("return;")],
  ["cargo", "if false", braces("if false")],
  ["junit", "return", first("return;")],
  ["junit", "if of a property", braces('if (System.getProperty("slow") != null)')],
  ["googletest", "return", first("return;")],
  ["catch2", "if (false)", braces("if (false)")],
])("%s: what a test checked, behind %s, is blocked; a remark where it proves", async (language, _, hide) => {
  const { path, file, strict, name } = sample(language);
  const body = strict.join("\n");
  const change = [{ [path]: file(body) }, { [path]: file(hide(body)) }] as const;
  const found = await findings(...change);
  expect(found.map((line) => line.split(":")[0])).toEqual([`blocking assertion-unreached ${path}`]);
  const proof = { name, file: path, base: "passed", baseWithTests: "failed", head: "passed" } as const;
  expect((await findings(...change, [proof])).filter((line) => line.startsWith("blocking"))).toEqual([]);
  expect(await findings(change[1], { [path]: `${file(hide(body))}\n` })).toEqual([]);
});

test.each<[string, string, (body: string) => string]>([
  [
    "jest",
    "a return within a callback",
    (body) => `each((x) => {\n  if (x) {\n    return;\n  }\n});\n${body}`,
  ],
  [
    "jest",
    "a condition on something new",
    (body) => `${body}\nif (more()) {\n  expect(sub(2, 1)).toBe(1);\n}`,
  ],
  ["jest", "a return at its end", (body) => `${body}\nreturn;`],
  ["jest", "a function that is called", (body) => `const check = () => {\n${wrap(body)}\n};\ncheck();`],
  ["pytest", "a nested function", (body) => `def inner():\n  return\n${body}`],
  ["go", "an error that ends it", (body) => `if err != nil {\n\tt.Fatal(err)\n\treturn\n}\n${body}`],
  ["cargo", "a closure", (body) => `let f = || {\n  return;\n};\n${body}`],
])("%s: %s is nothing", async (language, _, change) => {
  const { path, file, strict } = sample(language);
  const body = strict.join("\n");
  expect(await findings({ [path]: file(body) }, { [path]: file(change(body)) })).toEqual([]);
});
