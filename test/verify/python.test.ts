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

    def test_case(self):
        self.assertTrue(len([1]) == 1)
`;
  using on = await fixture({ "tests/test_each.py": body("self.assertLess(number, 3)") });
  const skipping = body("if number == 2: self.skipTest('not on this machine')");
  const verification = await verifyChange(on, { "tests/test_each.py": skipping }, { sandbox });
  expect(states(verification)).toEqual([
    "tests/test_each.py: EachTest.test_all failed skipped",
    "tests/test_each.py: EachTest.test_case passed passed",
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

test("a script with Django's runner: one that its tests call tells nothing, and each of its own runs counts", async () => {
  // Not Django itself: what of it matters here is that it calls unittest's runner by this name.
  const script = `import sys
import unittest

try:
    import django
except ImportError:
    pass
from tests import test_inner, test_outer

ends = [unittest.TextTestRunner(verbosity=0).run(unittest.defaultTestLoader.loadTestsFromModule(one)) for one in (test_outer, test_inner)]
sys.exit(not all(end.wasSuccessful() for end in ends))
`;
  const outer = `import io
import unittest


class OuterTest(unittest.TestCase):
    def test_a_failure_is_told(self):
        class Inner(unittest.TestCase):
            def test_fails(self):
                self.fail("on purpose")

        end = unittest.TextTestRunner(stream=io.StringIO()).run(Inner("test_fails"))
        self.assertEqual(len(end.failures), 1)
`;
  const inner = (sum: string) =>
    `import unittest\n\n\nclass SumTest(unittest.TestCase):\n    def test_sum(self):\n        self.assertEqual(1 + 1, ${sum})\n`;
  using on = await fixture({
    "runtests.py": script,
    "tests/__init__.py": "",
    "tests/test_outer.py": outer,
    "tests/test_inner.py": inner("3"),
  });
  const verification = await verifyChange(on, { "tests/test_inner.py": inner("2") }, { sandbox });
  expect(verification.testCommand).toBe("python3 runtests.py");
  expect(states(verification)).toEqual([
    "tests/test_inner.py: SumTest.test_sum failed passed",
    "tests/test_outer.py: OuterTest.test_a_failure_is_told passed passed",
  ]);
});
