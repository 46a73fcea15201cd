import type { Rest, Runs } from "./evidence.ts";
import type { Look } from "./look.ts";
import type { VerifyOptions } from "./options.ts";
import { holdsTests } from "./test-files.ts";
import type { Finding, SuiteRun } from "./types.ts";

/** Said wherever less than the whole suite was run: what was, and what was not. */
export function limitedSuite(
  { head, rest }: Runs,
  look: Look,
  { testMs }: VerifyOptions["limits"],
): Finding[] {
  if (head?.only === undefined) return [];
  const minutes = Math.round(testMs / 6_000) / 10;
  const start = `The whole suite did not end within ${minutes} minutes: `;
  const files = head.only.join(", ");
  const reason =
    rest === undefined || rest.count === 0
      ? `${start}only the tests in ${files} were run.`
      : `${start}the tests in ${files} were run to their end, and ${rest.count} others before that.${missed(head, look)}`;
  return [
    {
      gate: "suite-limited",
      weight: "remark",
      file: head.only[0] ?? "",
      line: null,
      reason: `${reason}${doubted(rest)}`,
    },
  ];
}

/** Names of what failed once, for somebody to look at. */
function doubted({ doubtful }: Rest = { count: 0, doubtful: [] }): string {
  const more = doubtful.length > 5 ? ` and ${doubtful.length - 5} other tests` : "";
  const names = doubtful
    .slice(0, 5)
    .map((name) => `"${name}"`)
    .join(", ");
  return doubtful.length === 0
    ? ""
    : ` Failed at the result alone, once, and could not be run again by themselves: ${names}${more}.`;
}

/** The files of tests of which none was reached, if the runner names files. */
function missed({ tests }: SuiteRun, look: Look): string {
  const reached = new Set(tests.map(({ file }) => file));
  const left = look.paths.filter((path) => holdsTests(path) && !reached.has(path));
  return reached.has(null) || left.length === 0 ? "" : ` ${notRun(left)}`;
}

function notRun(files: readonly string[]): string {
  const more = files.length > 3 ? ` and ${files.length - 3} other files` : "";
  return `Not run: ${files.slice(0, 3).join(", ")}${more}.`;
}
