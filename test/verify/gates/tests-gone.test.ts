import { describe, expect, test } from "@jest/globals";
import type { TestEvidence, TestState } from "../../../src/verify/types.ts";
import { findings, reasons } from "./change.ts";
import { sample, samples } from "./samples.ts";

const ran = (name: string, file: string | null, states: string): TestEvidence => {
  const [base, baseWithTests, head] = states.split(" ") as [TestState, TestState, TestState];
  return { name, file, base, baseWithTests, head };
};

describe.each(Object.keys(samples))("a test of %s", (name) => {
  const { path, file, strict, name: told, comment } = sample(name);
  const [one, two] = strict;
  const other = one.replace("add(", "subtract(").replace("Add(", "Subtract(");
  const withBoth = `${file(strict.join("\n"))}\n${file(other, "", "subtracts")}`;
  const withOne = file(other, "", "subtracts");

  test("deleted: blocked, by what ran and by its text alone", async () => {
    const [first] = await findings({ [path]: withBoth }, { [path]: withOne });
    expect(first).toMatch(/^blocking test-gone/);
    const [second] = await findings({ [path]: withBoth }, { [path]: withOne }, [
      ran(told, path, "passed absent absent"),
    ]);
    expect(second).toMatch(/^blocking test-gone/);
  });

  test("commented out: blocked", async () => {
    const commented = file(strict.join("\n")).replaceAll(/^/gm, `${comment} `);
    const [found] = await findings({ [path]: withBoth }, { [path]: `${commented}\n${withOne}` });
    expect(found).toMatch(/^blocking test-gone/);
  });

  test("renamed, with its purpose: nothing", async () => {
    const renamed = `${file(strict.join("\n"), "", "sums")}\n${withOne}`;
    expect(await findings({ [path]: withBoth }, { [path]: renamed })).toEqual([]);
  });

  test("replaced by one that proves and is about the same: a remark at most", async () => {
    const now = `${file(`${one.replaceAll("2", "4")}\n${two.replaceAll("2", "4")}`, "", "sums")}\n${withOne}`;
    const tests = [
      ran(told, path, "passed absent absent"),
      ran(told.replace(/adds/, "sums").replace(/Adds/, "Sums"), path, "absent failed passed"),
    ];
    const found = await findings({ [path]: withBoth }, { [path]: now }, tests);
    expect(found.filter((line) => line.startsWith("blocking"))).toEqual([]);
  });
});

const jest = sample("jest");

test("a file of tests that is deleted is blocked; one that is moved is not", async () => {
  const text = jest.file(jest.strict.join("\n"));
  expect(await findings({ "test/a.test.js": text }, {})).toEqual([
    "blocking test-deleted test/a.test.js:null",
  ]);
  expect(await findings({ "test/a.test.js": text }, { "test/b/c.test.js": text })).toEqual([]);
});

test("so is one whose tests cannot be read, unless it is elsewhere under its name", async () => {
  const base = { "spec/sum_spec.rb": "it { expect(sum).to eq 3 }\n" };
  expect(await findings(base, {})).toEqual(["blocking test-deleted spec/sum_spec.rb:null"]);
  expect(await findings(base, { "spec/models/sum_spec.rb": "it { expect(sum).to eq 3 }\n" })).toEqual([]);
});

test("of several tests of one name the one that is deleted is blocked", async () => {
  const one = (value: number) =>
    `describe("a", () => {\n  it("works", () => {\n    expect(run(${value})).toBe(${value});\n  });\n});\n`;
  const path = "src/a.test.ts";
  expect(await findings({ [path]: one(3) + one(4) + one(5) }, { [path]: one(3) + one(5) })).toEqual([
    `blocking test-gone ${path}:8`,
  ]);
});

test("a test whose subject is deleted with it is a remark", async () => {
  const base = {
    "src/add.ts": "export function addAll(list) {\n  return 1;\n}\nexport function keep() {}\n",
    [jest.path]: jest.file("expect(addAll([1, 2])).toBe(3);"),
  };
  const head = { "src/add.ts": "export function keep() {}\n", [jest.path]: "describe('add', () => {});\n" };
  expect((await findings(base, head)).map((line) => line.split(":")[0])).toEqual([
    `remark test-replaced ${jest.path}`,
  ]);
});

test("a table that took the cases over is a remark", async () => {
  const file = (body: string) => `from add import add\n\n${body}`;
  const cases = [
    [11, 12, 23],
    [14, 15, 29],
    [17, 18, 35],
  ];
  const before = cases.map(([a, b, c], at) => `def test_adds_${at}():\n    assert add(${a}, ${b}) == ${c}\n`);
  const table = cases.map((row) => `    (${row.join(", ")}),`).join("\n");
  const after = `@pytest.mark.parametrize("a, b, c", [\n${table}\n])\ndef test_adds(a, b, c):\n    assert add(a, b) == c\n`;
  const found = await findings(
    { "tests/test_add.py": file(before.join("\n")) },
    { "tests/test_add.py": file(after) },
  );
  expect(found.filter((line) => line.startsWith("blocking"))).toEqual([]);
});

describe("by what ran alone", () => {
  test("a name that vanished from a file that is not changed is blocked", async () => {
    expect(await findings({}, {}, [ran("t", "a.test.js", "passed passed absent")])).toEqual([
      "blocking test-gone a.test.js:null",
    ]);
  });

  test("what did not run before, or was left out of the run, is not missed", async () => {
    const tests = [
      ran("t", "a.test.js", "skipped absent absent"),
      ran("u", "a.test.js", "not-run absent absent"),
    ];
    expect(await findings({}, {}, tests)).toEqual([]);
  });

  test("cases under other names are the same cases, fewer are not", async () => {
    const file = (rows: string) => `@pytest.mark.parametrize("a", [${rows}])\ndef test_a(a):\n    assert a\n`;
    const path = "tests/test_a.py";
    const before = [
      ran("test_a[1]", path, "passed absent absent"),
      ran("test_a[2]", path, "passed passed passed"),
    ];
    const renamed = [...before, ran("test_a[3]", path, "absent failed passed")];
    expect(await findings({ [path]: file("1, 2") }, { [path]: file("3, 2") }, renamed)).toEqual([]);
    const fewer = await reasons({ [path]: file("1, 2") }, { [path]: file("2") }, before);
    expect(fewer).toEqual(['The test "test_a (1 of its cases)" no longer runs.']);
  });

  test("many are told in one sentence", async () => {
    const tests = [1, 2, 3, 4, 5].map((at) => ran(`t${at}`, "a.test.js", "passed passed absent"));
    expect(await reasons({}, {}, tests)).toEqual(['5 tests no longer run: "t1", "t2", "t3" and 2 more.']);
  });
});

describe("a test that does the same under nearly the same name and expects something else", () => {
  const path = "test/watch.test.js";
  const body = (title: string, setup: string, check: string) =>
    `test("${title}", async () => {\n  ${setup}\n  await mount(one);\n  ${check}\n});\n`;
  const old = "should fire on unmount with flush pre";
  const is = "should not fire on unmount with flush pre";
  // What the others name as well tells nothing of this one.
  const beside =
    body("should fire", "const one = make({ flush: 1 });", "expect(one).toHaveBeenCalledTimes(2);") +
    body("unmount with flush pre", "const two = create(sync, 7);", "expect(two).not.toHaveBeenCalled();");
  const before = {
    [path]: beside + body(old, "const one = make({ flush: 1 });", "expect(one).toHaveBeenCalledTimes(1);"),
  };
  const tests = (between: TestState) => [
    ran(old, path, "passed absent absent"),
    ran(is, path, `absent ${between} passed`),
  ];
  const changed = (setup: string) => ({
    [path]: beside + body(is, setup, "expect(one).not.toHaveBeenCalled();"),
  });

  test("took its place where it fails on the base", async () => {
    const same = changed("const one = make({ flush: 1 });");
    expect(await findings(before, same, tests("failed"))).toEqual([`remark test-replaced ${path}:11`]);
    expect(await findings(before, same, tests("passed"))).toEqual([`blocking test-gone ${path}:11`]);
  });

  test("did not, where it does something else", async () => {
    const other = changed("const one = create(sync, 7);");
    expect(await findings(before, other, tests("failed"))).toEqual([`blocking test-gone ${path}:11`]);
  });
});

test("what was said about a test in comments need not be said again where its checks went", async () => {
  const checks = ["obj.foo", "arr.ret", "baz.qux", "model.one", "state.text", "event.bar"];
  const path = "test/member.test.js";
  const was = checks.map(
    (one) =>
      `  // should work although nobody ever looked into letter groups\n  expect(isMember("${one}")).toBe(true);`,
  );
  const now = checks.map((one) => `    expect(fn("${one}")).toBe(true);`);
  const old = `test("isMember", () => {\n${was.join("\n")}\n});\n`;
  const is = `describe("isMember", () => {\n  function common(fn) {\n${now.join("\n")}\n  }\n  test("browser", () => common(isMemberBrowser));\n  test("node", () => common(isMemberNode));\n});\n`;
  const tests = [
    ran("isMember", path, "passed absent absent"),
    ran("isMember > browser", path, "absent failed passed"),
    ran("isMember > node", path, "absent failed passed"),
  ];
  const found = await findings({ [path]: old }, { [path]: is }, tests);
  expect(found.filter((line) => line.startsWith("blocking"))).toEqual([]);
});
