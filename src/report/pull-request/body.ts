import { accountOf } from "../account.ts";
import { details } from "./details.ts";
import { firstScreen } from "./first-screen.ts";
import { folded } from "./folded.ts";
import type { PublishedReport } from "./report.ts";

/** GitHub takes 65,536 characters; some are left for the markers and for what redaction adds. */
const longest = 64_000;

/** The body: verdict, what and why, evidence, findings, cost first; the details folded below, as far as there is room. */
export function body(report: PublishedReport): string {
  const account = accountOf(report.draft.summary);
  const first = firstScreen(report, account);
  const last =
    report.branch === null
      ? "A generated change is a first draft: somebody has to review it."
      : "A generated change is a first draft: somebody has to review it. Comment `/regenerate` with what to do differently for another attempt.";
  const rest = folded(details(report, account), longest - first.length - last.length);
  return [first, rest, last].filter((part) => part !== "").join("\n\n");
}
