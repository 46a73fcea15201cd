import { expect, test } from "@jest/globals";
import { withInlineTests, withoutInlineTests } from "../../src/verify/inline-tests.ts";

const code = (body: string) => `pub fn mean(list: &[f64]) -> f64 {\n    ${body}\n}\n`;
const tests = (...names: string[]) =>
  `\n#[cfg(test)]\n#[allow(dead_code)]\nmod tests {\n    use super::*;\n${names.map((name) => `\n    #[test]\n    fn ${name}() {\n        assert!(true);\n    }\n`).join("")}}\n`;

test("the head's tests come to the base's code", () => {
  const base = code("1.0") + tests("old");
  const head = code("2.0") + tests("old", "new");
  expect(withInlineTests(base, head)).toBe(code("1.0") + tests("old", "new"));
});

test("also where the base had none", () => {
  const laid = withInlineTests(code("1.0"), code("2.0") + tests("new"));
  expect(laid).toContain("1.0");
  expect(laid).toContain("fn new()");
  expect(laid).not.toContain("2.0");
});

test("code that stands behind the tests stays", () => {
  const base = `${tests("old")}\n${code("1.0")}`;
  expect(withInlineTests(base, `${tests("new")}\n${code("2.0")}`)).toBe(`${tests("new")}\n${code("1.0")}`);
});

test("a module in a file of its own is declared", () => {
  expect(withInlineTests("fn a() {}\n", "fn b() {}\n\n#[cfg(test)]\nmod tests;\n")).toBe(
    "fn a() {}\n\n#[cfg(test)]\nmod tests;\n",
  );
});

test("nothing where no test differs", () => {
  expect(withInlineTests(code("1.0") + tests("old"), code("2.0") + tests("old"))).toBeNull();
  expect(withInlineTests(code("1.0"), code("2.0"))).toBeNull();
});

test("the code alone", () => {
  expect(withoutInlineTests(code("1.0") + tests("old"))).toBe(`${code("1.0")}\n`);
});
