import { expect, test } from "@jest/globals";
import type { RunEvent } from "../../src/log/events.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Verification } from "../../src/verify/types.ts";
import { fixture } from "./repository.ts";
import { verifyChange } from "./verifying.ts";

const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });

const base = {
  "lib.py": "def mean(items):\n    return len(items)\n",
  "conftest.py": "",
  "tests/test_one.py": "from lib import mean\n\n\ndef test_one():\n    assert mean([1]) == 1\n",
  "tests/test_other.py": "def test_other():\n    assert 1 + 1 == 2\n",
};
const right = { "lib.py": "def mean(items):\n    return sum(items) / len(items)\n" };
const newTest = (body: string) => ({
  "tests/test_two.py": `import os\nimport pathlib\nfrom lib import mean\n\n\ndef test_two():\n${body}`,
});

type SuiteEvent = Extract<RunEvent, { type: "suite" }>;

/** The suites in the order in which they ended. */
function recorded() {
  const runs: SuiteEvent[] = [];
  return { runs, emit: (event: RunEvent) => void (event.type === "suite" && runs.push(event)) };
}

const shown = ({ tests }: Verification) =>
  Object.fromEntries(
    tests.map(({ name, base, baseWithTests, head, flaky }) => [
      name,
      `${base} ${baseWithTests} ${head}${flaky ? " flaky" : ""}`,
    ]),
  );

test("where the suite takes long, only the tests that the change touches are run between base and head", async () => {
  using on = await fixture(base);
  const change = { ...right, ...newTest("    assert mean([1, 2]) == 1.5\n") };
  const verification = await verifyChange(on, change, { sandbox, narrowAfterMs: 0 });
  expect(verification).toMatchObject({ verdict: "verified", reason: "proved" });
  expect(shown(verification)).toEqual({
    test_one: "passed not-run passed",
    test_other: "passed not-run passed",
    test_two: "absent failed passed",
  });
  expect(verification.suites.baseWithTests?.only).toEqual(["tests/test_two.py"]);
});

test("what matters most for the change is run at the result before the rest of it", async () => {
  using on = await fixture(base);
  const change = { ...right, ...newTest("    assert mean([1, 2]) == 1.5\n") };
  const { runs, emit } = recorded();
  // Side by side they may end in any order; one at a time, as without a sandbox, they end as they started.
  const oneAtATime = { ...sandbox, name: "none" as const };
  await verifyChange(on, change, { sandbox: oneAtATime, narrowAfterMs: 0, emit });
  const head = runs.filter(({ which }) => which === "head");
  expect(head[0]).toMatchObject({ files: 1, passed: 1, failed: 0 });
  expect(head.filter(({ files }) => files === undefined)).toMatchObject([{ passed: 3, failed: 0 }]);
  // It serves as the second look too: nothing is run a third time.
  expect(head).toHaveLength(2);
});

test("a helper of other tests among the change: all of them are run there", async () => {
  using on = await fixture(base);
  const change = {
    ...right,
    ...newTest("    assert mean([1, 2]) == 1.5\n"),
    "tests/helpers/data.json": "[]",
  };
  const verification = await verifyChange(on, change, { sandbox, narrowAfterMs: 0 });
  expect(shown(verification)).toMatchObject({ test_one: "passed passed passed" });
});

test("a test that fails alone, whatever the source, proves nothing", async () => {
  using on = await fixture({
    ...base,
    "tests/test_first.py": "import lib\n\n\ndef test_first():\n    lib.ready = True\n",
  });
  const change = { ...right, ...newTest("    import lib\n    assert lib.ready\n") };
  const verification = await verifyChange(on, change, { sandbox, narrowAfterMs: 0 });
  expect(verification).toMatchObject({ verdict: "tests-pass", reason: "new-test-flaky" });
});

test("a red test of an untouched file that the change puts right is proof", async () => {
  const red = {
    "tests/test_red.py": "from lib import mean\n\n\ndef test_red():\n    assert mean([4]) == 4\n",
  };
  using on = await fixture({ ...base, ...red });
  const verification = await verifyChange(on, right, { sandbox, narrowAfterMs: 0 });
  expect(verification).toMatchObject({ verdict: "verified", reason: "proved" });
});

test("a base that is red by chance is not blamed, and is told from one that is red", async () => {
  // Fails in the very first run and in no other.
  using on = await fixture({ ...base, "tests/test_red.py": "def test_red():\n    assert False\n" });
  let runs = 0;
  const counting = {
    ...sandbox,
    run: (command: Parameters<typeof sandbox.run>[0]) =>
      sandbox.run({ ...command, env: { ...command.env, RUN: String(runs++) } }),
  };
  const flaky = {
    "tests/test_chance.py": "import os\n\n\ndef test_chance():\n    assert os.environ['RUN'] != '0'\n",
  };
  using chance = await fixture({ ...base, ...flaky });
  const first = await verifyChange(chance, right, { sandbox: counting });
  expect(shown(first)).toMatchObject({ test_chance: "passed passed passed flaky" });

  const second = await verifyChange(on, right, { sandbox });
  expect(shown(second)).toMatchObject({ test_red: "failed failed failed" });
});

test("a suite that does not end, and a command for some files that does not work, is one that does not end", async () => {
  const slow = `import os\nimport sys\nimport time\n
if "tests/test_lib.py" in sys.argv:
    os._exit(3)\n\n
def test_lib():
    time.sleep(600)\n`;
  using on = await fixture({ ...base, "tests/test_lib.py": slow });
  const verification = await verifyChange(on, right, { sandbox, limits: { testMs: 8_000 } });
  expect(verification).toMatchObject({ verdict: "unverified", problem: "timeout" });
});
