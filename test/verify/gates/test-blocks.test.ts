import { expect, test } from "@jest/globals";
import { testBlocks } from "../../../src/verify/gates/test-blocks.ts";

const blocks = (path: string, text: string) =>
  testBlocks(text, path).map(
    ({ name, from, line, lines }) => `${name} ${from}/${line}-${from + lines.length - 1}`,
  );

test.each([
  [
    "nested",
    "a.test.js",
    'describe("x", () => {\n  it("a", () => {\n    f();\n  });\n\n  it("b", () => {});\n});\n',
    ["a 2/2-4", "b 6/6-6"],
  ],
  [
    "of a declaration over lines",
    "a.test.ts",
    'test(\n  "a",\n  async () => {\n    f();\n  },\n  500,\n);\nhelper();\n',
    ["a 1/1-7"],
  ],
  [
    "with a table",
    "a.test.js",
    'it.each([\n  [1, "("],\n])("adds %i", (a) => {\n  f(a);\n});\n',
    ["adds %i 1/1-5"],
  ],
  [
    "with a template as its table",
    "a.test.js",
    "test.each`\n  a | b\n  §{1} | §{2}\n`('$a', () => {\n  f();\n});\n",
    ["$a 1/1-6"],
  ],
  [
    "whose strings and patterns hold brackets",
    "a.test.js",
    "it('a (', () => {\n  f(/[)}]/, `}§{`)`}`, \"{\"); // }\n});\nrest();\n",
    ["a ( 1/1-3"],
  ],
  [
    "that is a method of something else",
    "a.test.js",
    'pattern.test("a");\nsubmit("b");\nrx.it("c", 1);\n',
    [],
  ],
  [
    "in a class",
    "test_a.py",
    "class TestA:\n    def test_a(self):\n        f()\n\n    def helper(self):\n        g()\n\n    async def test_b(self):\n        pass\n",
    ["test_a 2/2-3", "test_b 8/8-9"],
  ],
  [
    "with decorators and a text further out",
    "test_a.py",
    '@parametrize(\n    "a",\n    [1],\n)\ndef test_a(\n    a,\n):\n    f("""\nx\n""")\n    g()\n\nh()\n',
    ["test_a 1/5-11"],
  ],
  [
    "with a subtest",
    "a_test.go",
    "func helper(t *testing.T) {}\n\nfunc TestA(t *testing.T) {\n\tt.Run(`}`, func(t *testing.T) {})\n}\n\nfunc Testify() {}\n",
    ["TestA 3/3-5"],
  ],
  [
    "that is marked as one",
    "a.rs",
    "fn helper() {}\n\n#[test]\n#[ignore]\nfn a() {\n    f('}', \"{\");\n}\n\n#[tokio::test]\nasync fn b() {}\n",
    ["a 3/5-7", "b 9/10-10"],
  ],
  [
    "with annotations",
    "ATest.java",
    'class A {\n  @Test\n  @DisplayName("(")\n  void a() throws E {\n    f();\n  }\n\n  void helper() {}\n\n  @ParameterizedTest(name = "}")\n  @ValueSource(ints = {1, 2})\n  void b(int i) {\n  }\n}\n',
    ["a 2/4-6", "b 10/12-13"],
  ],
  [
    "of JUnit 3",
    "ATest.java",
    "class A extends TestCase {\n  public void testA() {\n  }\n  public void help() {}\n}\n",
    ["testA 2/2-3"],
  ],
  [
    "of Kotlin",
    "ATest.kt",
    "class A {\n  @Test\n  fun `adds two`() {\n    f()\n  }\n}\n",
    ["`adds two` 2/3-5"],
  ],
  [
    "of GoogleTest",
    "a.cc",
    'TEST_F(Sum,\n       Adds) {\n  f("}");\n}\nint g() { return 1; }\n',
    ["Sum.Adds 1/1-4"],
  ],
  [
    "of Catch2",
    "a.cpp",
    'TEST_CASE("a", "[b]") {\n  SECTION("c") {\n  }\n}\nSCENARIO("d") {\n}\n',
    ["a 1/1-4", "d 5/5-6"],
  ],
])("a test %s, in %s: from its annotations to its end", (_, path, text, expected) => {
  // The sign stands for a dollar, which would read as a placeholder here.
  expect(blocks(path, text.replaceAll("§", "$"))).toEqual(expected);
});

test.each(["it('a', ", "it.each([", "`${", "/[(", "describe('", "(".repeat(50)])(
  "a text of nothing but `%s` is read to its end",
  (part) => {
    const text = part.repeat(20_000);
    expect(testBlocks(text, "a.test.js").length).toBeLessThanOrEqual(2_000);
    expect(testBlocks(text.replaceAll("(", "(\n"), "a.test.js").length).toBeLessThanOrEqual(2_000);
  },
);
