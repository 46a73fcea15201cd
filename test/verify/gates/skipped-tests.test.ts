import { describe, expect, test } from "@jest/globals";
import type { TestEvidence } from "../../../src/verify/types.ts";
import { findings } from "./change.ts";
import { sample } from "./samples.ts";

const marks: readonly (readonly [string, string, (text: string) => string])[] = [
  ["jest", "it.skip", (text) => text.replace("it(", "it.skip(")],
  ["jest", "describe.skip", (text) => text.replace("describe(", "describe.skip(")],
  ["jest", "it.failing", (text) => text.replace("it(", "it.failing(")],
  ["jest", "a table without rows", (text) => text.replace("it(", "it.each([])(")],
  ["jest", "another it", (text) => `const it = () => {};\n${text}`],
  ["jest", "an exit code", (text) => `${text}process.on("exit", () => { process.exitCode = 0; });\n`],
  ["mocha", "xit", (text) => text.replace("it(", "xit(")],
  ["mocha", "this.skip", (text) => text.replace("{\n    assert", "{\n    this.skip();\n    assert")],
  ["node:test", "an option", (text) => text.replace("(t) =>", "{ skip: true }, (t) =>")],
  ["node:test", "t.skip", (text) => text.replace("{\n", '{\n  t.skip("later");\n')],
  ["pytest", "a mark", (text) => text.replace("def ", '@pytest.mark.skip(reason="no")\ndef ')],
  ["pytest", "xfail", (text) => text.replace("def ", "@pytest.mark.xfail\ndef ")],
  ["pytest", "skipif that always holds", (text) => text.replace("def ", "@pytest.mark.skipif(True)\ndef ")],
  [
    "pytest",
    "a table without rows",
    (text) => text.replace("def ", '@pytest.mark.parametrize("a", [])\ndef '),
  ],
  ["unittest", "a decorator", (text) => text.replace("    def ", '    @unittest.skip("no")\n    def ')],
  ["unittest", "the class", (text) => text.replace("class ", '@unittest.skip("no")\nclass ')],
  ["unittest", "a call", (text) => text.replace("(self):\n", '(self):\n        self.skipTest("no")\n')],
  ["go", "t.Skip", (text) => text.replace("{\n", '{\n\tt.Skip("no")\n')],
  ["go", "an exit code", (text) => `${text}\nfunc TestMain(m *testing.M) {\n\tm.Run()\n\tos.Exit(0)\n}\n`],
  ["cargo", "a feature", (text) => text.replace("    fn", '    #[cfg(feature = "slow")]\n    fn')],
  ["cargo", "ignore", (text) => text.replace("    fn", "    #[ignore]\n    fn")],
  ["cargo", "cfg(any())", (text) => text.replace("    fn", "    #[cfg(any())]\n    fn")],
  ["cargo", "should_panic", (text) => text.replace("    fn", "    #[should_panic]\n    fn")],
  ["junit", "Disabled", (text) => text.replace("  @Test", '  @Disabled("no")\n  @Test')],
  [
    "junit",
    "a condition",
    (text) => text.replace("  @Test", '  @EnabledIfSystemProperty(named = "a")\n  @Test'),
  ],
  ["junit", "any exception", (text) => text.replace("@Test", "@Test(expected = Exception.class)")],
  ["junit", "Ignore on the class", (text) => text.replace("class", "@Ignore\nclass")],
  [
    "junit",
    "an assumption",
    (text) => text.replace("{\n    assert", "{\n    assumeTrue(false);\n    assert"),
  ],
  ["googletest", "its name", (text) => text.replace("adds", "DISABLED_adds")],
  ["googletest", "the preprocessor", (text) => `#if 0\n${text}#endif\n`],
  ["googletest", "a call", (text) => text.replace("{\n", "{\n  GTEST_SKIP();\n")],
  ["catch2", "a tag", (text) => text.replace('"adds"', '"adds", "[.]"')],
  ["catch2", "may fail", (text) => text.replace('"adds"', '"adds", "[!mayfail]"')],
];

describe.each(marks)("%s: %s", (language, _, mark) => {
  const { path, file, strict } = sample(language);
  const before = file(strict.join("\n"));
  const after = mark(before);

  test("of a test that ran is blocked", async () => {
    expect(after).not.toBe(before);
    const found = await findings({ [path]: before }, { [path]: after });
    expect(found.map((line) => line.split(" ").slice(0, 2))).toEqual([["blocking", "test-skipped"]]);
  });

  test("that was there before is nothing", async () => {
    expect(await findings({ [path]: after }, { [path]: `${after}\n` })).toEqual([]);
  });
});

const { path, file, strict, name } = sample("go");
const body = strict.join("\n");
const evidence = (head: TestEvidence["head"]): TestEvidence[] => [
  { name, file: "example/sum", base: "passed", baseWithTests: "passed", head },
];
const onWindows = `if runtime.GOOS == "windows" {\n\tt.Skip("no")\n}\n${body}`;

test("a condition is judged by what ran, and is a remark where nothing did", async () => {
  const change = [{ [path]: file(body) }, { [path]: file(onWindows) }] as const;
  expect(await findings(...change, evidence("passed"))).toEqual([]);
  expect(await findings(...change, evidence("skipped"))).toEqual([`blocking test-skipped ${path}:5`]);
  expect(await findings(...change)).toEqual([`remark test-skipped ${path}:5`]);
});

test("a test that fell silent without a mark is blocked", async () => {
  expect(await findings({}, {}, evidence("skipped"))).toEqual(["blocking test-skipped example/sum:null"]);
});

test("a new test that is skipped takes nothing away: a remark", async () => {
  const after = `${file(body)}\nfunc TestNew(t *testing.T) {\n\tt.Skip("no")\n}\n`;
  expect(await findings({ [path]: file(body) }, { [path]: after })).toEqual([
    `remark test-skipped ${path}:9`,
  ]);
});

test("a skipped test is blocked beside a proving one too: what it checked is no longer checked", async () => {
  const after = `${file(`t.Skip("no")\n${body}`)}\nfunc TestSums(t *testing.T) {\n\tassert.Equal(t, 9, Add(4, 5))\n\tassert.Equal(t, 7, Add(2, 5))\n}\n`;
  const proof: TestEvidence = {
    ...{ name: "TestSums", file: "example/sum", base: "absent" },
    ...{ baseWithTests: "failed", head: "passed" },
  };
  const found = await findings({ [path]: file(body) }, { [path]: after }, [...evidence("skipped"), proof]);
  expect(found).toEqual([`blocking test-skipped ${path}:4`]);
});

test("one beside which a proving test of something else is new is blocked", async () => {
  const base = "TEST(Overlap, Nested) { EXPECT_TRUE(overlap({1, 9}, {3, 4})); }\n";
  const added = "TEST(Overlap, SameDay) { EXPECT_FALSE(overlap({1, 3}, {3, 5})); }\n";
  const proof = {
    name: "Overlap.SameDay",
    file: null,
    base: "absent",
    baseWithTests: "failed",
    head: "passed",
  } as const;
  const gone = {
    name: "Overlap.Nested",
    file: null,
    base: "passed",
    baseWithTests: "absent",
    head: "absent",
  } as const;
  const at = "test/overlap_test.cc";
  const skipped = { [at]: base.replace("Nested", "DISABLED_Nested") + added };
  const found = await findings({ [at]: base }, skipped, [proof, gone]);
  expect(found.filter((line) => line.startsWith("blocking"))).toHaveLength(1);
  const deleted = await findings({ [at]: base }, { [at]: added }, [proof, gone]);
  expect(deleted).toEqual([`blocking test-gone ${at}:1`]);
});

test.each([
  ["jest", "it.only", "it(", "it.only("],
  ["jest", "describe.only", "describe(", "describe.only("],
  ["mocha", "fit", "it(", "fit("],
  ["node:test", "an option", "(t) =>", "{ only: true }, (t) =>"],
])("%s: one test that alone runs, by %s, is blocked", async (language, _, from, to) => {
  const one = sample(language);
  const before = one.file(one.strict.join("\n"));
  const found = await findings({ [one.path]: before }, { [one.path]: before.replace(from, to) });
  expect(found.map((line) => line.split(" ").slice(0, 2))).toEqual([["blocking", "test-focused"]]);
});

test.each([
  ["jest", 'it("skips a line, it.skip(1)", () => { expect(skip("it.only(")).toBe(1); });'],
  ["jest", "const profit = fits(1); // it.skip("],
  [
    "pytest",
    "@pytest.mark.skipif(sys.platform == 'win32', reason='posix')\ndef test_b():\n    assert b() == 1",
  ],
  ["pytest", 'SOURCE = """\n@pytest.mark.skip\ndef test_x(): pass\n"""'],
  ["junit", 'String text = "@Disabled";'],
])("%s: `%s` is nothing", async (language, text) => {
  const one = sample(language);
  const before = one.file(one.strict.join("\n"));
  expect(await findings({ [one.path]: before }, { [one.path]: `${before}${text}\n` })).toEqual([]);
});
