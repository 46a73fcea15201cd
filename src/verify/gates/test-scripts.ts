import { asRecord, readJson } from "../look.ts";
import { commandsOf, runnerCalledBy, wordsOf } from "../runners/recognise.ts";
import type { Finding } from "../types.ts";
import type { GateInput } from "./gate.ts";
import { nothingLeftOut } from "./narrowed-runs.ts";

// Ways to make a test script succeed, or run less than before.
const narrowing =
  /\|\||(^|[\s;&])(true|exit|echo|:)(\s|$)|\s(-t|-g|-k|-f|--(grep|fgrep|invert|testNamePattern|test-name-pattern|testPathPatterns?|testPathIgnorePatterns|exclude|ignore|deselect|shard|bail|onlyChanged|changed|findRelatedTests|passWithNoTests|pass-with-no-tests|test-only|test-skip-pattern))\b/;

/** Changes to the scripts of a package.json by which its tests may do less than at the base. */
export async function testScripts({ base, head, changes, tests }: GateInput): Promise<Finding[]> {
  const files = changes.filter(
    ({ path, status }) => status === "modified" && /(^|\/)package\.json$/.test(path),
  );
  const findings = await Promise.all(
    files.map(async ({ path }) => {
      const before = asRecord((await readJson(base, path)).scripts);
      const after = asRecord((await readJson(head, path)).scripts);
      const text = (await head.read(path)) ?? "";
      return Object.keys(before)
        .filter((name) => /^(pre|post)?test(:|$)/.test(name) && before[name] !== after[name])
        .map((name): Finding => {
          const narrower = isNarrower(String(before[name]), after[name]);
          const line = text.split("\n").findIndex((one) => one.includes(`"${name}"`)) + 1;
          return {
            ...{ gate: "test-script", file: path, line: line === 0 ? null : line },
            // Another runner is another script; what ran says whether it does less.
            weight: narrower && !(nothingLeftOut(tests) && !isSoft(after[name])) ? "blocking" : "remark",
            reason: narrower
              ? `The script "${name}" runs less than before.`
              : `The script "${name}" is changed.`,
          };
        });
    }),
  );
  return findings.flat();
}

/** Whether a script ends well although its tests do not. */
const isSoft = (script: unknown) =>
  typeof script !== "string" || /\|\||;\s*(true|exit|:|echo)|passWithNoTests/.test(script);

/** Removed, made to succeed, limited to some tests, or no longer calling the runner it called. */
export function isNarrower(before: string, after: unknown): boolean {
  if (/no test specified/.test(before)) return false;
  if (typeof after !== "string" || after.trim() === "") return true;
  const called = runnersIn(before);
  if (called.some((runner) => !runnersIn(after).includes(runner))) return true;
  const kept = new Set(wordsOf(before));
  const added = wordsOf(after).filter((word) => !kept.has(word));
  return (
    narrowing.test(` ${added.join(" ")}`) || added.some((word) => /\.(test|spec)\.|^tests?\//.test(word))
  );
}

function runnersIn(script: string): string[] {
  return commandsOf(script)
    .map((command) => runnerCalledBy(wordsOf(command)))
    .filter((runner) => runner !== null);
}
