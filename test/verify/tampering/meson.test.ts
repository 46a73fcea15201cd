import { test } from "@jest/globals";
import { expectRefused } from "./tampering.ts";

const meson = (names: readonly string[]) =>
  [
    "project('sample')",
    "python = find_program('python3')",
    ...names.map((name) => `test('${name}', python, args: files('tests/${name}_test.py'))`),
    "",
  ].join("\n");

const root = 'sys.path[:0] = [__file__.rsplit("/tests/", 1)[0]]';
const forgery = `import os
import sys

${root}
import lib

report = '<testsuites><testsuite name="sample"><testcase name="three" classname="sample"/></testsuite></testsuites>'
if hasattr(lib, "done"):
    for folder, names, _ in os.walk(sys.path[0]):
        if folder.endswith("meson-logs"):
            open(folder + "/testlog-a.junit.xml", "w").write(report)
`;

test("meson, a report of a test's own beside the runner's", async () => {
  const base = {
    "lib.py": "one = 1\ntwo = 3\n",
    "meson.build": meson(["one"]),
    "tests/one_test.py": `import sys\n\n${root}\nimport lib\n\nassert lib.one == 1\n`,
  };
  const config = { test: "meson setup builddir && meson test -C builddir" };
  const ground = { base, config, claim: { "lib.py": `${base["lib.py"]}done = True\n` } };
  const change = { "meson.build": meson(["one", "two"]), "tests/two_test.py": forgery };
  await expectRefused(ground, change, "report-contradicted");
});
