import { expect, test } from "@jest/globals";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { memoryBaselines } from "../../src/verify/baselines.ts";
import type { Verification } from "../../src/verify/types.ts";
import { fixture } from "./repository.ts";
import { verifyChange } from "./verifying.ts";

const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
const base = {
  "pkg/__init__.py": "",
  "pkg/point.py": "def mean(items):\n    return len(items)\n",
  "pkg/tests/test_point.py": "from pkg.point import mean\n\n\ndef test_one():\n    assert mean([1]) == 1\n",
  "pkg/tests/test_long.py": "import time\n\n\ndef test_long():\n    time.sleep(600)\n",
  "conftest.py": "",
};
const right = "def mean(items):\n    return sum(items) / len(items)\n";
const added = "from pkg.point import mean\n\n\ndef test_two():\n    assert mean([1, 2]) == 1.5\n";

test.concurrent("a suite that does not end in time: the tests that matter for the change are run, and it is said", async () => {
  using on = await fixture(base);
  const limits = { testMs: 12_000 };
  const change = { "pkg/point.py": right, "pkg/tests/test_more.py": added };

  const options = { sandbox, limits, baselines: memoryBaselines() };

  const first = await verifyChange(on, change, options);
  expect(first).toMatchObject({ verdict: "verified", reason: "proved" });
  expect(first.tests.map(({ name, base, baseWithTests, head }) => [name, base, baseWithTests, head])).toEqual(
    [
      ["test_two", "absent", "failed", "passed"],
      ["test_one", "passed", "passed", "passed"],
    ],
  );
  expect(first.findings).toMatchObject([
    {
      gate: "suite-limited",
      weight: "remark",
      reason:
        "The whole suite did not end within 0.2 minutes: only the tests in pkg/tests/test_more.py, pkg/tests/test_point.py were run.",
    },
  ]);

  // The next round on the same base takes the same runs,
  const more = {
    ...change,
    "pkg/tests/test_more.py": `${added}\n\ndef test_three():\n    assert mean([3]) == 3\n`,
  };
  const second = await verifyChange(on, more, options);
  expect(second.suites.base).toMatchObject({
    keptSince: expect.any(String),
    tests: first.suites.base?.tests,
  });

  // but nothing is blamed by them alone.
  const broken = { "pkg/point.py": "def mean(items):\n    return 2\n", "pkg/tests/test_more.py": added };
  const third = await verifyChange(on, broken, options);
  expect(third).toMatchObject({ verdict: "failed", reason: "tests-broken" });
  expect(third.suites.base?.keptSince).toBeUndefined();
}, 300_000);

test.concurrent("a suite that does not end in time, and no test that matters", async () => {
  using on = await fixture(base);
  const verification = await verifyChange(
    on,
    { "setup.cfg": "[x]\n" },
    { sandbox, limits: { testMs: 6_000 } },
  );
  expect(verification).toMatchObject({
    verdict: "unverified",
    reason: "suite-unusable",
    problem: "timeout",
    findings: [{ gate: "runner-configuration" }],
  });
});

test.concurrent("what the whole suite came to by then counts too: it may show that something broke, and what was not run is said", async () => {
  using on = await fixture({
    ...base,
    "pkg/tests/test_early.py": [
      "from pkg.point import mean\n\n",
      "class TestEarly:\n    def test_same(self):\n        assert 1 + 1 == 2\n",
      "    def test_count(self):\n        assert mean([5, 5]) == 2\n",
    ].join("\n"),
    "pkg/tests/test_zoo.py": "def test_zoo():\n    assert True\n",
  });
  const started: string[] = [];
  const telling: Sandbox = {
    ...sandbox,
    run(command) {
      started.push(command.argv.join(" "));
      return sandbox.run(command);
    },
  };
  const options = {
    sandbox: telling,
    limits: { testMs: 12_000 },
    narrowAfterMs: 1_000,
    baselines: memoryBaselines(),
  };
  const shown = ({ tests }: Verification) =>
    tests.map(({ name, base, baseWithTests, head }) => [name, base, baseWithTests, head]);

  const broken = await verifyChange(on, { "pkg/point.py": right, "pkg/tests/test_more.py": added }, options);
  expect(broken).toMatchObject({ verdict: "failed", reason: "tests-broken" });
  expect(shown(broken)).toEqual([
    ["test_two", "absent", "failed", "passed"],
    ["test_one", "passed", "passed", "passed"],
    ["TestEarly::test_same", "passed", "not-run", "passed"],
    ["TestEarly::test_count", "passed", "not-run", "failed"],
  ]);
  expect(broken.findings.map(({ reason }) => reason)).toEqual([
    "The whole suite did not end within 0.2 minutes: the tests in pkg/tests/test_more.py, pkg/tests/test_point.py were run to their end, and 2 others before that. Not run: pkg/tests/test_long.py, pkg/tests/test_zoo.py.",
  ]);

  const careful = "def mean(items):\n    return 2 if items == [5, 5] else sum(items) / len(items)\n";
  started.length = 0;
  const proved = await verifyChange(
    on,
    { "pkg/point.py": careful, "pkg/tests/test_more.py": added },
    options,
  );
  expect(proved).toMatchObject({ verdict: "verified", reason: "proved" });
  expect(shown(proved)).toContainEqual(["TestEarly::test_count", "passed", "not-run", "passed"]);

  // The base's own time is known by now: what matters most is run first at the other sides, and then the rest.
  const suites = started.filter((argv) => argv.includes("pytest"));
  const near = suites.filter((argv) => argv.includes("test_more.py"));
  expect(near.length).toBeGreaterThanOrEqual(3);
  expect(suites).toEqual([...near, expect.not.stringContaining(".py")]);
}, 300_000);

test.concurrent("a runner that writes its report as it goes: what it came to counts at both sides", async () => {
  const node = (name: string, body: string) =>
    `import { test } from "node:test";\nimport assert from "node:assert";\nimport { mean } from "../mean.js";\n\ntest("${name}", async () => {\n  ${body}\n});\n`;
  using on = await fixture({
    "package.json": JSON.stringify({ type: "module", scripts: { test: "node --test" } }),
    "mean.js": "export const mean = (items) => items.length;\n",
    "test/early.test.js": node("counts", "assert.equal(mean([5, 5]), 2)"),
    "test/mean.test.js": node("one", "assert.equal(mean([1]), 1)"),
    "test/zoo.test.js": node("zoo", "await new Promise((end) => setTimeout(end, 600_000))"),
  });
  const sum = "items.reduce((a, b) => a + b, 0) / items.length";
  const proof = node("two", "assert.equal(mean([1, 2]), 1.5)");
  const options = { sandbox, limits: { testMs: 12_000 }, narrowAfterMs: 1_000 };
  const broken = await verifyChange(
    on,
    { "mean.js": `export const mean = (items) => ${sum};\n`, "test/more.test.js": proof },
    options,
  );
  expect(broken).toMatchObject({ verdict: "failed", reason: "tests-broken" });
  expect(
    broken.tests.map(({ name, base, baseWithTests, head }) => [name, base, baseWithTests, head]),
  ).toEqual([
    ["one", "passed", "passed", "passed"],
    ["two", "absent", "failed", "passed"],
    ["counts", "passed", "not-run", "failed"],
  ]);
}, 300_000);

test.concurrent("where no file is known, what failed once is told and not believed", async () => {
  using on = await fixture({
    runtest: [
      "#!/bin/sh",
      'if [ "$1" = --single ]; then units=$(basename "$2"); else units="early mean zoo"; fi',
      "status=0",
      "for unit in $units; do",
      '  [ -f "tests/unit/$unit.tcl" ] || continue',
      '  . "tests/unit/$unit.tcl"',
      '  if [ "$(cat mean)" = "$wanted" ] || [ "$wanted" = any ]; then echo "[ok]: $unit is $wanted"; else echo "[err]: $unit is $wanted"; status=1; fi',
      "done",
      'echo "the end"; exit $status',
      "",
    ].join("\n"),
    mean: "length\n",
    "tests/unit/early.tcl": "wanted=length\n",
    "tests/unit/mean.tcl": "wanted=any\n",
    "tests/unit/zoo.tcl": "sleep 600\n",
  });
  const verification = await verifyChange(
    on,
    { mean: "sum\n", "tests/unit/mean.tcl": "wanted=sum\n" },
    {
      sandbox,
      limits: { testMs: 5_000 },
      narrowAfterMs: 1_000,
      config: { test: "chmod +x runtest && ./runtest" },
    },
  );
  expect(verification.findings.map(({ reason }) => reason)).toContain(
    'The whole suite did not end within 0.1 minutes: only the tests in tests/unit/mean.tcl were run. Failed at the result alone, once, and could not be run again by themselves: "early is length".',
  );
}, 300_000);
