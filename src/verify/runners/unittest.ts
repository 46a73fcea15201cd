import { asRecord } from "../look.ts";
import type { TestResult } from "../types.ts";
import { quoted, type Reports, type TestableToolchain, type TestRunner } from "./runner.ts";
import { unittestSummary } from "./summaries.ts";
import { unittestProgram } from "./unittest-program.ts";
import { type Script, scriptIn } from "./unittest-script.ts";

/** Python's own runner has no report, so its command is run through a program of ours with the same arguments. */
export const unittest: TestRunner = {
  ask: (toolchain, { reports, programs }) => ({
    command: throughOurs(toolchain.test, quoted(`${programs}/unittest-program.py`)),
    env: { FIRSTDRAFT_REPORTS: reports, PYTHONDONTWRITEBYTECODE: "1" },
  }),
  only,
  programs: { "unittest-program.py": unittestProgram },
  writes: /^unittest(-\d+)?\.json$/,
  marks: true,
  summary: unittestSummary,
  read,
};

/** A script is run by the Python that is named before it, or by the one that its own first line asks for. */
function throughOurs(test: string, program: string): string {
  if (/-m\s+unittest\b/.test(test)) return test.replace(/-m\s+unittest\b/, () => program);
  const { start, python, file, words } = scriptIn(test) ?? {};
  return file === undefined ? test : `${start}${python ?? "python3 "}${program} --script ${file}${words}`;
}

const discovering =
  /^(?:PYTHONPATH=(?<path>[\w./-]+) )?(?<python>[\w./-]*python[\d.]*) -m unittest(?: discover)?(?: -s (?<start>[\w./-]+))?(?: -p \S+)?$/;

/** The modules in `files`, named as its own search would name them: from the folder where that starts. */
function only({ test }: TestableToolchain, files: readonly string[]): string | null {
  const script = scriptIn(test);
  if (script !== null) return onlyLabels(test, script, files);
  const { path, python, start } = discovering.exec(test)?.groups ?? {};
  const top = start === undefined || start === "." ? "" : `${start.replace(/^\.\/|\/$/g, "")}/`;
  if (python === undefined || !files.every((file) => file.startsWith(top) && /^[\w/]+\.py$/.test(file)))
    return null;
  const modules = files.map((file) => file.slice(top.length, -".py".length).replaceAll("/", "."));
  const paths = [path, top.slice(0, -1)].filter(Boolean).join(":");
  return [...(paths === "" ? [] : [`PYTHONPATH=${paths}`]), python, "-m", "unittest", ...modules].join(" ");
}

/** Django's labels: modules, named from the folder of the script. */
function onlyLabels(test: string, { path: script, words }: Script, files: readonly string[]): string | null {
  const top = script.replace(/[^/]+$/, "");
  // Other labels would be run as well, and a value without `=` might be one.
  const limited = words.split(/\s+/).some((word) => !/^(test|-.*)?$/.test(word));
  if (limited || !files.every((path) => path.startsWith(top) && /^[\w/]+\.py$/.test(path))) return null;
  return [test, ...files.map((path) => path.slice(top.length, -".py".length).replaceAll("/", "."))].join(" ");
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
