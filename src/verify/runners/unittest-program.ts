/**
 * `python -m unittest` with a JSON report beside it; with `--script FILE` before its arguments that script instead, which
 * calls unittest's own runner, as Django's does. Kept as text because it runs inside the sandbox (Python 3.6 on).
 */
export const unittestProgram = `
import glob
import hashlib
import json
import os
import runpy
import sys
import unittest

folder = os.environ["FIRSTDRAFT_REPORTS"]


def file_of(test):
    module = sys.modules.get(type(test).__module__)
    return getattr(module, "__file__", None)


def entry(test):
    loader_failure = type(test).__module__ == "unittest.loader"
    if loader_failure:
        module = test.id().rsplit("unittest.loader._FailedTest.", 1)[-1]
        found = glob.glob("**/" + module.replace(".", "/") + ".py", recursive=True)
        return {"name": module, "file": found[0] if found else None, "whole": True}
    module = type(test).__module__
    name = test.id()
    # A failing setUpClass or setUpModule comes as a holder that is no test case.
    if not isinstance(test, unittest.TestCase):
        return {"name": name, "file": None}
    return {"name": name[len(module) + 1:] if name.startswith(module + ".") else name, "file": file_of(test)}


class Result(unittest.TextTestResult):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.entries = {}

    def put(self, test, state, message=None):
        # A sub-test is told of with the test that it is part of. A class of tests may have a test of that name.
        if isinstance(test, unittest.case._SubTest):
            test = test.test_case
        known = self.entries.get(test.id())
        if known is None or known["state"] != "failed":
            self.entries[test.id()] = dict(entry(test), state=state, message=message)

    def addSuccess(self, test):
        super().addSuccess(test)
        self.put(test, "passed")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.put(test, "failed", self.failures[-1][1])

    def addError(self, test, err):
        super().addError(test, err)
        self.put(test, "failed", self.errors[-1][1])

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.put(test, "skipped")

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self.put(test, "passed")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self.put(test, "failed", "passed, but is marked as an expected failure")

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.put(test, "failed", self._exc_info_to_string(err, test))


class Runner(unittest.TextTestRunner):
    resultclass = Result
    done = 0
    running = False

    def run(self, test):
        # A runner that a test calls tells of what that test is about.
        if Runner.running:
            return super().run(test)
        Runner.running = True
        try:
            result = super().run(test)
        finally:
            Runner.running = False
        Runner.done += 1
        report = "unittest.json" if Runner.done == 1 else "unittest-%d.json" % Runner.done
        text = json.dumps(list(result.entries.values()))
        with open(os.path.join(folder, report), "w") as out:
            out.write(text)
        digest = hashlib.sha256(text.encode()).hexdigest()
        print("firstdraft-report: " + report + " " + digest, file=sys.__stderr__, flush=True)
        return result


if sys.argv[1:2] == ["--script"]:
    unittest.TextTestRunner = unittest.runner.TextTestRunner = Runner
    sys.argv = sys.argv[2:]
    sys.path[0] = os.path.dirname(os.path.abspath(sys.argv[0]))
    runpy.run_path(sys.argv[0], run_name="__main__")
else:
    sys.path[0] = os.getcwd()
    sys.argv[0] = "python -m unittest"
    unittest.main(module=None, testRunner=Runner)
`;
