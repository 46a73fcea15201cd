import { asRecord, readJson } from "../look.ts";
import type { Finding } from "../types.ts";
import type { GateInput } from "./gate.ts";
import { hunksBetween, type Line } from "./hunks.ts";

interface Rule {
  readonly paths: RegExp;
  /** Only where the file is new: one that was there before is the repository's own affair. */
  readonly added?: true;
  /** Only for new lines such as these; absent: whatever the file says. */
  readonly lines?: RegExp;
  readonly reason: string;
}

const imported = "It is loaded in place of the test runner or of something that the runner is made of.";
const results = "The results of tests are decided on here.";
const started = "It decides which program runs the tests.";

const rules: readonly Rule[] = [
  {
    paths: /(^|\/)(node_modules|\.?venv|site-packages)\/|\.pth$|^\.pnp\.\w+$|^\.yarn\/(releases|plugins)\//,
    reason: "It takes the place of what installing the dependencies puts there.",
  },
  // `python -m` looks into the checkout before it looks into what is installed.
  {
    paths:
      /^(src\/|lib\/)?(pytest|_pytest|pluggy|iniconfig|unittest|json|xml|hashlib|traceback|argparse)(\.py|\/__init__\.py)$|(^|\/)(sitecustomize|usercustomize)\.py$/,
    added: true,
    reason: imported,
  },
  {
    paths: /(^|\/)conftest\.py$/,
    lines:
      /\bdef\s+pytest_(runtest_(makereport|protocol|call|logreport|setup)|runtestloop|pyfunc_call|cmdline_main|sessionfinish|unconfigure|report_teststatus|report_to_serializable)\b|\bos\._exit\b/,
    reason: results,
  },
  {
    paths: /(^|\/)(pytest\.ini|\.pytest\.ini|pyproject\.toml|setup\.cfg|tox\.ini)$/,
    lines: /["'\s=]-p[ =]?(?!no:)[a-z_][\w.]*|\bjunit_?xml\b|\bpytest11\b/,
    reason: results,
  },
  {
    paths: /(^|\/)((jest|vitest|vite)\.config\.[cm]?[jt]s(on)?|vitest\.workspace\.\w+)$/,
    lines:
      /\b(testRunner|runner|reporters|testResultsProcessor|testSequencer|globalSetup|globalTeardown)\b["']?\s*:/,
    reason: results,
  },
  { paths: /(^|\/)\.mocharc(\.\w+)?$/, lines: /\b(require|reporter|ui)\b["']?\s*:/, reason: results },
  { paths: /(^|\/)jasmine\.(json|m?js)$/, lines: /\b(requires|reporters|helpers)\b/, reason: results },
  {
    paths: /(^|\/)\.(npmrc|yarnrc|yarnrc\.yml)$/,
    lines: /^\s*"?(script-shell|shell|node-options|nodeOptions|yarn-path|yarnPath|plugins)\b/,
    reason: started,
  },
  {
    paths: /(^|\/)\.env(\.\w+)*$/,
    lines: /\b(NODE_OPTIONS|NODE_PATH|PYTHON\w*|PYTEST_\w+|LD_PRELOAD|BASH_ENV|PATH|GOFLAGS|RUSTFLAGS)\s*=/,
    reason: started,
  },
  { paths: /^(mvnw|gradlew)$|^\.mvn\/|^gradle\/wrapper\//, reason: started },
  {
    paths: /(^|\/)\.cargo\/config(\.toml)?$/,
    lines: /^\s*"?(runner|rustc(-w\w+-wrapper|-wrapper)?|rustdoc)"?\s*=/,
    reason: started,
  },
  { paths: /(^|\/)CTestCustom\.(cmake|ctest)(\.in)?$/, reason: started },
  {
    paths: /(^|\/)(CMakeLists\.txt|[^/]+\.cmake)$/,
    lines: /\b(TEST_LAUNCHER|CROSSCOMPILING_EMULATOR|CMAKE_CTEST_COMMAND)\b/,
    reason: started,
  },
  {
    paths: /./,
    lines:
      /\bFIRSTDRAFT_REPORTS\b|\bfirstdraft-report: |\/reports\/((jest|vitest|unittest(-\d+)?)\.json|(pytest|ctest)\.xml)\b/,
    reason: "It names the place of the tests' own report.",
  },
];

/** What configures runners inside of package.json. */
const sections: Readonly<Record<string, readonly string[]>> = {
  jest: [
    "testRunner",
    "runner",
    "reporters",
    "testResultsProcessor",
    "testSequencer",
    "globalSetup",
    "globalTeardown",
  ],
  mocha: ["require", "reporter", "ui"],
};

/**
 * Files that a change adds or edits and by which another program is the runner, or the runner reports what it is told to.
 * What runs in the runner's own process can imitate all that it says: nothing but its text gives such a file away.
 */
export async function runnerShadowed({
  base,
  head,
  changes,
}: Pick<GateInput, "base" | "head" | "changes">): Promise<Finding[]> {
  const findings = await Promise.all(
    changes
      .filter(({ status }) => status !== "deleted")
      .map(async ({ path, status, binary }) => {
        const matching = rules.filter((rule) => rule.paths.test(path) && !(rule.added && status !== "added"));
        const added = binary ? [] : await addedLines({ base, head }, path, status);
        return matching.flatMap(({ lines, reason }): Finding[] => {
          const line = lines && added.find(({ text }) => lines.test(text))?.line;
          return lines !== undefined && line === undefined ? [] : [finding(path, line ?? null, reason)];
        });
      }),
  );
  return [...findings.flat(), ...(await inManifest({ base, head, changes }))];
}

async function addedLines(
  { base, head }: Pick<GateInput, "base" | "head">,
  path: string,
  status: string,
): Promise<Line[]> {
  const before = status === "added" ? "" : ((await base.read(path)) ?? "");
  return hunksBetween(before, (await head.read(path)) ?? "").flatMap(({ added }) => added);
}

async function inManifest({ base, head, changes }: Pick<GateInput, "base" | "head" | "changes">) {
  if (!changes.some(({ path }) => path === "package.json")) return [];
  const [before, after] = await Promise.all([readJson(base, "package.json"), readJson(head, "package.json")]);
  const differs = Object.entries(sections).some(([name, keys]) =>
    keys.some((key) => {
      const [was, is] = [asRecord(before[name])[key], asRecord(after[name])[key]];
      return is !== undefined && JSON.stringify(was) !== JSON.stringify(is);
    }),
  );
  return differs ? [finding("package.json", null, results)] : [];
}

const finding = (file: string, line: number | null, reason: string): Finding => ({
  gate: "runner-shadowed",
  weight: "blocking",
  file,
  line,
  reason,
});
