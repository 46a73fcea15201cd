import { describe, expect, test } from "@jest/globals";
import { command } from "../../src/verify/runners/command.ts";

const read = (...lines: string[]) => command.read(new Map([["out/report", lines.join("\n")]]));
const shortly = (...lines: string[]) => read(...lines).map(({ name, state }) => [name, state]);

describe("JUnit XML as other languages write it", () => {
  test("PHPUnit: a suite for each class, one more for each test with data", () => {
    const report = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="unit" tests="3" assertions="3" errors="0" warnings="0" failures="1" skipped="1" time="0.01">
    <testsuite name="Shop\\CartTest" file="/workspace/tests/CartTest.php" tests="3" failures="1" skipped="1">
      <testcase name="testAdds" class="Shop\\CartTest" classname="Shop.CartTest" file="/workspace/tests/CartTest.php" line="9" assertions="1" time="0.003"/>
      <testsuite name="Shop\\CartTest::testRounds" tests="1" failures="1">
        <testcase name="testRounds with data set &quot;half&quot;" class="Shop\\CartTest" classname="Shop.CartTest" file="/workspace/tests/CartTest.php" line="20" time="0.001">
          <failure type="PHPUnit\\Framework\\ExpectationFailedException">Shop\\CartTest::testRounds with data set "half" (1.005)
Failed asserting that 1.0 matches expected 1.01.</failure>
        </testcase>
      </testsuite>
      <testcase name="testPays" class="Shop\\CartTest" classname="Shop.CartTest" file="/workspace/tests/CartTest.php" line="30"><skipped/></testcase>
    </testsuite>
  </testsuite>
</testsuites>`;
    const file = "/workspace/tests/CartTest.php";
    expect(read(report)).toEqual([
      { name: "Shop.CartTest::testAdds", file, state: "passed" },
      { name: "Shop.CartTest::testPays", file, state: "skipped" },
      {
        name: 'Shop.CartTest::testRounds with data set "half"',
        file,
        state: "failed",
        message: expect.stringMatching(/^Shop.*\nFailed asserting that 1.0/s),
      },
    ]);
  });

  test("RSpec: the file it names is not said twice", () => {
    const report = `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="rspec" tests="1" skipped="0" failures="1" errors="0" time="0.002" hostname="h">
<properties><property name="seed" value="1"/></properties>
<testcase classname="spec.pages_spec" name="Pages counts the last one" file="./spec/pages_spec.rb" time="0.0004"><failure message="expected: 2, got: 3" type="RSpec::Expectations::ExpectationNotMetError">Failure/Error: expect(3).to eq 2</failure></testcase>
</testsuite>`;
    expect(read(report)).toMatchObject([
      { name: "Pages counts the last one", file: "./spec/pages_spec.rb", state: "failed" },
    ]);
  });
});

describe("TRX", () => {
  const trx = (results: string, definitions = "") => `\uFEFF<?xml version="1.0" encoding="utf-8"?>
<TestRun id="4d0c" name="ci@host" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
  <Times creation="2024-05-01T10:00:00" start="2024-05-01T10:00:00" finish="2024-05-01T10:00:01" />
  <Results>${results}</Results>
  <TestDefinitions>${definitions}</TestDefinitions>
  <ResultSummary outcome="Failed"><Counters total="2" executed="2" passed="1" failed="1" error="0" timeout="0" /></ResultSummary>
</TestRun>`;
  const result = (id: string, name: string, outcome: string, inside = "") =>
    `<UnitTestResult executionId="e${id}" testId="${id}" testName="${name}" duration="00:00:00.0012" ${outcome} testListId="l">${inside}</UnitTestResult>`;
  const definition = (id: string, className: string, name: string) =>
    `<UnitTest name="${name}" storage="/workspace/bin/debug/net8.0/shop.tests.dll" id="${id}"><Execution id="e${id}" /><TestMethod codeBase="/workspace/bin/shop.tests.dll" adapterTypeName="executor://tests" className="${className}" name="${name}" /></UnitTest>`;
  const error =
    "<Output><ErrorInfo><Message>Assert.Equal() Failure: Values differ&#xD;\nExpected: 3\nActual:   2</Message><StackTrace>   at Shop.Tests.CartTests.Adds() in /workspace/CartTests.cs:line 12</StackTrace></ErrorInfo></Output>";

  test("of xUnit, whose tests are named in full", () => {
    const report = trx(
      result("1", "Shop.Tests.CartTests.Adds(a: 1, b: 2)", 'outcome="Failed"', error) +
        result("2", "Shop.Tests.CartTests.IsEmpty", 'outcome="Passed"'),
      definition("1", "Shop.Tests.CartTests", "Adds") + definition("2", "Shop.Tests.CartTests", "IsEmpty"),
    );
    expect(read(report)).toEqual([
      {
        name: "Shop.Tests.CartTests.Adds(a: 1, b: 2)",
        file: null,
        state: "failed",
        message: expect.stringMatching(/^Assert\.Equal.*Expected: 3.*CartTests\.cs:line 12$/s),
      },
      { name: "Shop.Tests.CartTests.IsEmpty", file: null, state: "passed" },
    ]);
  });

  test("of NUnit, whose classes stand beside the tests", () => {
    const report = trx(
      result("1", "Adds(1,2)", 'outcome="Passed"') +
        result("2", "Pays", 'outcome="NotExecuted"') +
        result("3", "Ends", 'outcome="Timeout"') +
        result("4", "Says nothing", ""),
      ["Adds", "Pays", "Ends", "Says"]
        .map((name, at) => definition(`${at + 1}`, "Shop.Tests", name))
        .join(""),
    );
    expect(shortly(report)).toEqual([
      ["Shop.Tests.Adds(1,2)", "passed"],
      ["Shop.Tests.Pays", "skipped"],
      ["Shop.Tests.Ends", "failed"],
      ["Shop.Tests.Says nothing", "failed"],
    ]);
  });

  test("of MSTest, a test with rows of data", () => {
    const rows = `<InnerResults>${result("1", "Adds (1,2)", 'outcome="Passed"')}${result("1", "Adds (2,2)", 'outcome="Failed"')}</InnerResults>`;
    const report = trx(
      result("1", "Adds", 'outcome="Failed" resultType="DataDrivenTest"', rows),
      definition("1", "Shop.Tests, Shop, Version=1.0.0.0", "Adds"),
    );
    expect(shortly(report)).toEqual([
      ["Shop.Tests.Adds (1,2)", "passed"],
      ["Shop.Tests.Adds (2,2)", "failed"],
    ]);
  });
});

describe("TAP", () => {
  test("14, with subtests: each of their tests by itself", () => {
    const report = [
      ...["TAP version 14", "# Subtest: sum", "    # Subtest: adds", "    ok 1 - adds", "      ---"],
      ...["      note: |", "        ok 7 - is no test", "      ...", "    not ok 2 - carries", "      ---"],
      ...["      at: sum.js", "      ...", "    ok 3 - later # SKIP no net", "    1..3", "not ok 1 - sum"],
      ...["ok 2 - a \\# in its name", "not ok 3 - not yet # TODO", "1..3", "# tests 3"],
    ];
    expect(read(...report)).toEqual([
      { name: "sum > adds", file: null, state: "passed" },
      {
        name: "sum > carries",
        file: null,
        state: "failed",
        message: "      ---\n      at: sum.js\n      ...",
      },
      { name: "sum > later", file: null, state: "skipped" },
      { name: "a # in its name", file: null, state: "passed" },
      { name: "not yet", file: null, state: "skipped" },
    ]);
  });

  test("of Perl, with its comments and no version", () => {
    const report = [
      "1..3",
      "ok 1 - opens",
      "not ok 2 - reads",
      "#   Failed test 'reads'",
      "#   at t/a.t line 3.",
    ];
    expect(read(...report, "ok 3 # skip no db", "# Looks like you failed 1 test of 3.")).toMatchObject([
      { name: "opens", state: "passed" },
      { name: "reads", state: "failed", message: expect.stringContaining("at t/a.t line 3.") },
      { name: "(test 3)", state: "skipped" },
    ]);
  });

  test("of several programs, one after the other", () => {
    expect(shortly("1..1", "ok 1 - a", "1..2", "ok 1 - b", "ok 2 - c")).toHaveLength(3);
  });

  test.each([
    ["fewer tests than planned", ["1..3", "ok 1 - a"], "1 of 3 tests came"],
    ["no plan", ["TAP version 13", "ok 1 - a"], "1 of an unknown number of tests came"],
    ["Bail out!", ["1..1", "ok 1 - a", "Bail out! no db"], "Bail out! no db"],
  ])("that breaks off stands for the tests that are missing: %s", (_name, lines, message) => {
    expect(read(...lines)).toMatchObject([
      { name: "a", state: "passed" },
      { state: "failed", scope: "file", message },
    ]);
  });

  test("of nothing to run has no tests", () => {
    expect(read("1..0 # SKIP not on this system")).toEqual([]);
  });
});

test.each([
  ["nothing", ""],
  ["a log", "3 tests passed\nall ok\n"],
  ["results without a plan or a version", "ok 1 - a\nok 2 - b\n"],
  ["more results than planned", "1..1\nok 1 - a\nok 2 - b\n"],
  ["JSON", '{"tests": []}'],
  ["a page", "<html><body>1..1\nok 1</body></html>"],
  ["another kind of XML", '<?xml version="1.0"?><coverage line-rate="1"/>'],
  ["TRX that breaks off", '<TestRun><Results><UnitTestResult testName="a"'],
  ["TRX with entities of its own", '<!DOCTYPE a [<!ENTITY b "c">]><TestRun><Results/></TestRun>'],
])("a report that is %s cannot be read", (_name, text) => {
  expect(() => read(text)).toThrow();
});
