import { asRecord } from "../look.ts";
import type { TestResult } from "../types.ts";
import { quoted, type Reports, type TestableToolchain, type TestRunner } from "./runner.ts";
import { unittestSummary } from "./summaries.ts";
import { unittestProgram } from "./unittest-program.ts";

/** Python's own runner has no report, so its command is run through a program of ours with the same arguments. */
export const unittest: TestRunner = {
  ask: (toolchain, { reports, programs }) => ({
    command: toolchain.test.replace(/-m\s+unittest\b/, () => quoted(`${programs}/unittest-program.py`)),
    env: { FIRSTDRAFT_REPORTS: reports, PYTHONDONTWRITEBYTECODE: "1" },
  }),
  only,
  programs: { "unittest-program.py": unittestProgram },
  writes: /^unittest\.json$/,
  marks: true,
  summary: unittestSummary,
  read,
};

const discovering =
  /^(?:PYTHONPATH=(?<path>[\w./-]+) )?(?<python>[\w./-]*python[\d.]*) -m unittest(?: discover)?(?: -s (?<start>[\w./-]+))?(?: -p \S+)?$/;

/** The modules in `files`, named as its own search would name them: from the folder where that starts. */
function only({ test }: TestableToolchain, files: readonly string[]): string | null {
  const { path, python, start } = discovering.exec(test)?.groups ?? {};
  const top = start === undefined || start === "." ? "" : `${start.replace(/^\.\/|\/$/g, "")}/`;
  if (python === undefined || !files.every((file) => file.startsWith(top) && /^[\w/]+\.py$/.test(file)))
    return null;
  const modules = files.map((file) => file.slice(top.length, -".py".length).replaceAll("/", "."));
  const paths = [path, top.slice(0, -1)].filter(Boolean).join(":");
  return [...(paths === "" ? [] : [`PYTHONPATH=${paths}`]), python, "-m", "unittest", ...modules].join(" ");
}

function read(reports: Reports): TestResult[] {
  return [...reports.values()].flatMap((text) => {
    const tests: unknown = JSON.parse(text);
    if (!Array.isArray(tests)) throw new SyntaxError("no list of tests in the report");
    return tests.map(asRecord).map(({ name, file, state, message, whole }) => ({
      name: String(name),
      file: typeof file === "string" ? file : null,
      state: state === "passed" || state === "failed" ? state : ("skipped" as const),
      ...(typeof message === "string" ? { message } : {}),
      ...(whole === true ? { scope: "file" as const } : {}),
    }));
  });
}
