import { accountOf } from "../account.ts";
import { folded, longestBody } from "../folded.ts";
import { details } from "./details.ts";
import { firstScreen } from "./first-screen.ts";

import type { PublishedReport } from "./report.ts";

/** The body: verdict, what and why, evidence, findings, cost first; the details folded below, as far as there is room. */
export function body(report: PublishedReport): string {
  const account = accountOf(report.draft.summary);
  const first = firstScreen(report, account);
  const last =
    report.branch === null
      ? "A generated change is a first draft: somebody has to review it."
      : "A generated change is a first draft: somebody has to review it. Comment `/revise` with what to change for one more commit, or `/regenerate` with what to do differently for another attempt.";
  const rest = folded(details(report, account), longestBody - first.length - last.length);
  return [first, rest, last].filter((part) => part !== "").join("\n\n");
}
