/** `python -m unittest` with a JSON report beside it. Kept as text because it runs inside the sandbox (Python 3.6 on). */
export const unittestProgram = `
import glob
import hashlib
import json
import os
import sys
import unittest

sys.path[0] = os.getcwd()
sys.argv[0] = "python -m unittest"
report = os.path.join(os.environ["FIRSTDRAFT_REPORTS"], "unittest.json")


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
        # A sub-test is told of with the test that it is part of.
        test = getattr(test, "test_case", test)
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

    def run(self, test):
        result = super().run(test)
        text = json.dumps(list(result.entries.values()))
        with open(report, "w") as out:
            out.write(text)
        digest = hashlib.sha256(text.encode()).hexdigest()
        print("firstdraft-report: unittest.json " + digest, file=sys.__stderr__, flush=True)
        return result


unittest.main(module=None, testRunner=Runner)
`;
