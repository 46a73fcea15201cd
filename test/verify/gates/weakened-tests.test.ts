import { describe, expect, test } from "@jest/globals";
import type { TestEvidence } from "../../../src/verify/types.ts";
import { findings, reasons } from "./change.ts";
import { sample, samples } from "./samples.ts";

/** A check of each language that holds for nearly everything, instead of its second strict one. */
const loose: Readonly<Record<string, string>> = {
  jest: "expect(add(2, 5)).toBeDefined();",
  mocha: "assert.ok(add(2, 5));",
  "node:test": "assert.ok(add(2, 5));",
  pytest: "assert add(2, 5) is not None",
  unittest: "self.assertIsNotNone(add(2, 5))",
  go: "require.NotNil(t, Add(2, 5))",
  cargo: "assert_ne!(add(2, 5), 0);",
  junit: "assertThat(add(2, 5)).isNotNull();",
  googletest: "ASSERT_NE(add(2, 5), 0);",
  catch2: "CHECK_NOTHROW(add(2, 5));",
};

const printing: Readonly<Record<string, string>> = {
  pytest: "print(add(2, 5))",
  unittest: "print(add(2, 5))",
  go: "t.Log(Add(2, 5))",
  cargo: 'println!("{}", add(2, 5));',
  junit: "System.out.println(add(2, 5));",
  googletest: "std::cout << add(2, 5);",
  catch2: "std::cout << add(2, 5);",
};

const proof = (name: string, file: string): TestEvidence[] => [
  { name, file, base: "passed", baseWithTests: "failed", head: "passed" },
];

describe.each(Object.keys(samples))("a test of %s", (language) => {
  const { path, file, strict, name, comment } = sample(language);
  const [one, two] = strict;
  const before = { [path]: file(`${one}\n${two}`) };

  test.each([
    ["loses an assertion", one],
    ["has one commented out", `${one}\n${comment} ${two}`],
    ["prints instead", `${one}\n${printing[language] ?? "console.log(add(2, 5));"}`],
    ["checks more loosely", `${one}\n${loose[language]}`],
  ])("that %s is blocked; a remark where it fails on the base as it is now", async (_, body) => {
    const after = { [path]: file(body) };
    const found = await findings(before, after);
    expect(found.map((line) => line.split(":")[0])).toEqual([`blocking assertion-weakened ${path}`]);
    const proving = await findings(before, after, proof(name, path));
    expect(proving.filter((line) => line.startsWith("blocking"))).toEqual([]);
    expect(proving[0]).toMatch(/^remark assertion-weakened/);
  });

  test("that loses one under a new name is blocked too", async () => {
    const after = { [path]: file(two, "", "sums") };
    const found = await findings({ [path]: file(`${one}\n${two}\n${one.replaceAll("2", "3")}`) }, after);
    expect(found.map((line) => line.split(" ")[0])).toEqual(["blocking"]);
  });

  test.each([
    ["expects something else", `${one.replace("3", "4")}\n${two}`],
    ["checks more", `${one}\n${two}\n${one.replace("1", "0").replace("3", "2")}`],
    ["checks in another order", `${two}\n${one}`],
  ])("that %s is not weaker", async (_, body) => {
    expect(await findings(before, { [path]: file(body) })).toEqual([]);
  });
});

test("a test that could not be built on the base proves nothing of its own: weakened, it is blocked", async () => {
  const { path, file, strict, name } = sample("go");
  const unbuilt = proof(name, path).map((one) => ({ ...one, failure: "compile-error" as const }));
  const found = await findings({ [path]: file(strict.join("\n")) }, { [path]: file(strict[0]) }, unbuilt);
  expect(found).toEqual([`blocking assertion-weakened ${path}:3`]);
});

const js = sample("jest");

test("an assertion that went to another test, or another file, is not lost", async () => {
  const [one, two] = js.strict;
  const before = { [js.path]: js.file(`${one}\n${two}`) };
  expect(
    await findings(before, { [js.path]: js.file(one), "src/sum.test.ts": js.file(two, "", "sums") }),
  ).toEqual([]);
});

test.each([
  ["jest", "await expect(run()).rejects.toThrow(Timeout);", "expect(run()).rejects.toThrow(Timeout);"],
  ["jest", "expect(run).toThrow(RangeError);", "expect(run).toThrow();"],
  ["jest", "expect(pi()).toBeCloseTo(3.14159, 5);", "expect(pi()).toBeCloseTo(3.14159, 2);"],
  ["pytest", "with pytest.raises(ValueError):\n    run()", "with pytest.raises(Exception):\n    run()"],
  ["pytest", "assert pi() == approx(3.14, abs=0.01)", "assert pi() == approx(3.14, abs=1)"],
  [
    "unittest",
    "self.assertAlmostEqual(pi(), 3.1416, places=4)",
    "self.assertAlmostEqual(pi(), 3.1416, places=1)",
  ],
  ["go", "assert.InDelta(t, 3.14, Pi(), 0.01)", "assert.InDelta(t, 3.14, Pi(), 5)"],
  [
    "junit",
    "assertThrows(TimeoutException.class, () -> run());",
    "assertThrows(Throwable.class, () -> run());",
  ],
  ["junit", "assertEquals(3.14, pi(), 0.01);", "assertEquals(3.14, pi(), 1);"],
  ["googletest", "EXPECT_NEAR(pi(), 3.14, 0.01);", "EXPECT_NEAR(pi(), 3.14, 1);"],
  ["googletest", "EXPECT_THROW(run(), Timeout);", "EXPECT_ANY_THROW(run());"],
])("%s: from `%s` to `%s` is blocked, back is not", async (language, strict, widened) => {
  const { path, file } = sample(language);
  const found = await findings({ [path]: file(strict) }, { [path]: file(widened) });
  expect(found.map((line) => line.split(":")[0])).toEqual([`blocking assertion-weakened ${path}`]);
  expect(await findings({ [path]: file(widened) }, { [path]: file(strict) })).toEqual([]);
});

test("a changed expectation is shown as it was and as it is", async () => {
  const [one, two] = js.strict;
  const found = await reasons(
    { [js.path]: js.file(`${one}\n${two}`) },
    { [js.path]: js.file(`${one.replace("3", "5")}\n${two}`) },
    proof(js.name, js.path),
  );
  expect(found).toEqual([
    'The existing test "adds" expects something else than before: was `expect(add(1, 2)).toBe(3)`, is `expect(add(1, 2)).toBe(5)`.',
  ]);
});

test("a changed expectation of a test without a text is a remark without a line", async () => {
  expect(await findings({}, {}, proof("t", "a.test.js"))).toEqual(["remark test-changed a.test.js:null"]);
});

describe("an assertion that went to another test with another expectation", () => {
  const path = "test/printf-test.cc";
  const long = '  EXPECT_THROW_MSG(print("%1$d%{}d", 1, 2), format_error, "number is too big");';
  const was =
    '  EXPECT_THROW_MSG(print("%1$d%", 1, 2), format_error,\n                   "cannot switch to automatic indexing");';
  const is =
    '  EXPECT_THROW_MSG(print("%1$d%", 1, 2), format_error,\n                   "invalid format string");';
  const old = (body: string) => `TEST(printf_test, switches) {\n${body}\n}\n`;
  const next = (body: string) => `TEST(printf_test, trailing_percent) {\n${body}\n}\n`;
  const before = { [path]: old(`${was}\n${long}`) };
  const proven = (baseWithTests: "failed" | "passed"): TestEvidence[] => [
    { name: "printf_test.switches", file: path, base: "passed", baseWithTests: "passed", head: "passed" },
    { name: "printf_test.trailing_percent", file: path, base: "absent", baseWithTests, head: "passed" },
  ];

  test("is not lost where that test fails on the base", async () => {
    expect(await findings(before, { [path]: next(is) + old(long) }, proven("failed"))).toEqual([]);
  });

  test("is lost where that test passes there, or is about another call", async () => {
    expect(await findings(before, { [path]: next(is) + old(long) }, proven("passed"))).toMatchObject([
      expect.stringMatching(/^blocking assertion-weakened/),
    ]);
    // A test that fails on the base for another reason does not make up for it by a check that holds for nearly everything.
    const loosely = next('  EXPECT_TRUE(print("%1$d%", 1, 2));\n  EXPECT_EQ(print("%"), "%");');
    const strictly = '  EXPECT_TRUE(print("%1$d%", 1, 2) == "cannot switch indexing here");';
    const strict = { [path]: old(`${strictly}\n${long}`) };
    expect(await findings(strict, { [path]: loosely + old(long) }, proven("failed"))).toMatchObject([
      expect.stringMatching(/^blocking assertion-weakened/),
    ]);
    const other = next(is.replace("%1$d%", "%2$d%"));
    expect(await findings(before, { [path]: other + old(long) }, proven("failed"))).toMatchObject([
      expect.stringMatching(/^blocking assertion-weakened/),
    ]);
  });
});
