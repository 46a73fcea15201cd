import { asRecord, readJson } from "../look.ts";
import { commandsOf, runnerCalledBy, wordsOf } from "../runners/recognise.ts";
import type { Finding } from "../types.ts";
import type { GateInput } from "./gate.ts";

// Ways to make a test script succeed, or run less than before.
const narrowing =
  /\|\||(^|[\s;&])(true|exit|echo|:)(\s|$)|\s(-t|-g|-k|-f|--(grep|fgrep|invert|testNamePattern|test-name-pattern|testPathPatterns?|testPathIgnorePatterns|exclude|ignore|deselect|shard|bail|onlyChanged|changed|findRelatedTests|passWithNoTests|pass-with-no-tests|test-only|test-skip-pattern))\b/;

/** Changes to the scripts of package.json by which `npm test` may do less than at the base. */
export async function testScripts({
  base,
  head,
  changes,
}: Pick<GateInput, "base" | "head" | "changes">): Promise<Finding[]> {
  if (!changes.some((change) => change.path === "package.json")) return [];
  const before = asRecord((await readJson(base, "package.json")).scripts);
  const after = asRecord((await readJson(head, "package.json")).scripts);
  const text = (await head.read("package.json")) ?? "";
  return Object.keys(before)
    .filter((name) => /^(pre|post)?test(:|$)/.test(name) && before[name] !== after[name])
    .map((name) => {
      const narrower = isNarrower(String(before[name]), after[name]);
      const line = text.split("\n").findIndex((one) => one.includes(`"${name}"`)) + 1;
      return {
        gate: "test-script",
        weight: narrower ? "blocking" : "remark",
        file: "package.json",
        line: line === 0 ? null : line,
        reason: narrower ? `The script "${name}" runs less than before.` : `The script "${name}" is changed.`,
      } as const;
    });
}

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
