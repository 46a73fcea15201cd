import { resolve } from "node:path";
import { notice, setFailed, setOutput, summary, warning } from "@actions/core";
import type { Redact } from "../log/redact.ts";
import { jobSummary, outcomeLine } from "../report/job-summary.ts";
import type { Outcome } from "../report/outcome.ts";
import { outcomeText } from "../report/text.ts";
import { writeSarif } from "../run/write-sarif.ts";
import type { Verification } from "../verify/types.ts";
import { input } from "./inputs.ts";
import { type WorkflowLog, withoutCommands } from "./workflow-log.ts";

/** Every output of action.yml. */
export const outputNames = [
  "pull-request-number",
  "pull-request-url",
  "commit-sha",
  "verdict",
  "cost-usd",
] as const;

/** An outcome as log, outputs, job summary, and the step's colour: only a draft, published or handed on, that does not fail its tests is green, and what waits for an answer, with a warning. */
export async function show(outcome: Outcome, log: WorkflowLog, redact: Redact): Promise<void> {
  log.group("Result", outcomeText(outcome));
  const output = failingOutput(outcome);
  if (output !== null) log.group("Output of the tests", output);
  for (const name of outputNames) setOutput(name, outputsOf(outcome)[name]);
  // Older servers have no summaries.
  if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(redact(jobSummary(outcome)), true).write();
  const sarifFile = input("sarif-file");
  if (sarifFile !== "" && outcome.kind === "drafted")
    await writeSarif(resolve(sarifFile), outcome.draft.verification.findings, redact);

  const line = withoutCommands(redact(outcomeLine(outcome)));
  const verdict = verdictOf(outcome);
  if (outcome.kind === "waits") (outcome.held.for === "plan" ? notice : warning)(line);
  else if (verdict === null || verdict === "failed") setFailed(line);
  else if (verdict === "unverified") warning(line);
  else notice(line);
}

function outputsOf(outcome: Outcome): Record<(typeof outputNames)[number], string | number> {
  const published = outcome.kind === "drafted" || outcome.kind === "shown" ? outcome : null;
  const pull = published?.pullRequest;
  const spent = "draft" in outcome ? outcome.draft.spent : "spent" in outcome ? outcome.spent : null;
  return {
    "pull-request-number": pull?.number ?? "",
    "pull-request-url": pull?.url ?? "",
    "commit-sha": published?.commit ?? "",
    verdict: verdictOf(outcome) ?? "",
    "cost-usd": spent?.usd ?? "",
  };
}

function verdictOf(outcome: Outcome) {
  if (outcome.kind === "shown") return outcome.verdict;
  const changed = outcome.kind === "drafted" || outcome.kind === "written";
  return changed ? outcome.draft.verification.verdict : null;
}

function failingOutput(outcome: Outcome): string | null {
  if (outcome.kind !== "drafted" && outcome.kind !== "written") return null;
  return failingSuite(outcome.draft.verification);
}

/** What the test command printed where it says why there is no better verdict. */
export function failingSuite({ verdict, suites }: Verification): string | null {
  if (verdict === "failed") return suites.head?.output ?? null;
  return suites.base?.problem === undefined ? null : suites.base.output;
}
