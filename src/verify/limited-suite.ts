import type { Runs } from "./evidence.ts";
import type { Look } from "./look.ts";
import type { VerifyOptions } from "./options.ts";
import { holdsTests } from "./test-files.ts";
import type { Finding } from "./types.ts";

/** Said wherever less than the whole suite was run: what was, and what was not. */
export function limitedSuite({ head }: Runs, look: Look, { testMs }: VerifyOptions["limits"]): Finding[] {
  if (head?.only === undefined) return [];
  const only = new Set(head.only);
  const minutes = Math.round(testMs / 6_000) / 10;
  const others = head.tests.filter(({ file }) => !only.has(file ?? ""));
  const start = `The whole suite did not end within ${minutes} minutes: `;
  const files = head.only.join(", ");
  const reason =
    others.length === 0
      ? `${start}only the tests in ${files} were run.`
      : `${start}the tests in ${files} were run to their end, and ${others.length} others before that.`;
  const reached = new Set(head.tests.map(({ file }) => file ?? ""));
  const left = look.paths.filter((path) => holdsTests(path) && !reached.has(path));
  const missed = left.length === 0 || others.length === 0 ? "" : ` ${notRun(left)}`;
  return [
    {
      gate: "suite-limited",
      weight: "remark",
      file: head.only[0] ?? "",
      line: null,
      reason: reason + missed,
    },
  ];
}

function notRun(files: readonly string[]): string {
  const shown = files.slice(0, 3).join(", ");
  const count = files.length === 1 ? "one other file" : `${files.length} other files`;
  return `Not run: those in ${count}, ${files.length > 3 ? `from ${files[0]} on` : `as ${shown}`}.`;
}
