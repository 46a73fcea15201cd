import { expect, test } from "@jest/globals";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Verification } from "../../src/verify/types.ts";
import { fixture } from "./repository.ts";
import { verifyChange } from "./verifying.ts";

const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
const states = ({ tests }: Verification) =>
  tests.map(({ file, name, base, head }) => `${file}: ${name} ${base} ${head}`).sort();

test("unittest: a test has failed where one of its sub-tests has, and is skipped where one is", async () => {
  const body = (first: string) => `import unittest


class EachTest(unittest.TestCase):
    def test_all(self):
        for number in [1, 2, 3]:
            with self.subTest(number=number):
                ${first}
                self.assertGreater(number, 0)

    def test_one(self):
        self.assertTrue(len([1]) == 1)
`;
  using on = await fixture({ "tests/test_each.py": body("self.assertLess(number, 3)") });
  const skipping = body("if number == 2: self.skipTest('not on this machine')");
  const verification = await verifyChange(on, { "tests/test_each.py": skipping }, { sandbox });
  expect(states(verification)).toEqual([
    "tests/test_each.py: EachTest.test_all failed skipped",
    "tests/test_each.py: EachTest.test_one passed passed",
  ]);
  expect(verification.suites.base?.tests[0]?.message).toContain("3 not less than 3");
});

test("pytest: a file that cannot be collected has failed, and with it the tests that it had", async () => {
  const tests =
    "import pytest\n\n\nclass TestSize:\n    @pytest.mark.parametrize('n', [1, 2])\n    def test_of(self, n):\n        assert n > 0\n";
  using on = await fixture({
    "tests/unit/test_size.py": tests,
    "tests/test_other.py": "def test_other():\n    pass\n",
  });
  const broken = { "tests/unit/test_size.py": `from nowhere import size\n${tests}` };
  const verification = await verifyChange(on, broken, { sandbox });
  expect(verification).toMatchObject({ verdict: "failed", reason: "tests-broken" });
  expect(states(verification)).toEqual([
    "tests/test_other.py: test_other passed passed",
    "tests/unit/test_size.py: TestSize::test_of[1] passed failed",
    "tests/unit/test_size.py: TestSize::test_of[2] passed failed",
    "tests/unit/test_size.py: tests/unit/test_size.py absent failed",
  ]);
});
