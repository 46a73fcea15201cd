import type { Verification } from "../verify/types.ts";
import { checkReport } from "./check-run.ts";
import { missingLines } from "./comment.ts";
import { evidenceDetails } from "./evidence-details.ts";
import { evidenceTable } from "./evidence-table.ts";
import { duration } from "./figures.ts";
import { findingsList } from "./findings-list.ts";
import { folded, longestBody } from "./folded.ts";
import { graveNotice } from "./grave.ts";
import { code, inert } from "./inert.ts";
import type { PullRequestRef } from "./outcome.ts";
import { verdictSentence } from "./sentences.ts";
import { verificationText } from "./text.ts";

/** What was found out about a pull request that somebody opened. */
export interface Proof {
  readonly pullRequest: PullRequestRef & { readonly fromFork: boolean };
  /** What it was compared with: the commit at which it left the branch that it is to go into. */
  readonly base: { readonly branch: string; readonly commit: string };
  readonly head: string;
  readonly verification: Verification;
  /** What became of the pull request while its tests ran. `moved`: it has a newer commit. */
  readonly meanwhile: "moved" | "closed" | null;
}

/** A proof that was told, and why not, by each thing that is missing. */
export interface ToldProof extends Proof {
  readonly missing: Readonly<Record<"comment" | "check run" | "label", string | null>>;
}

/** The comment on the pull request. */
export function proofComment({ verification, base, head }: Proof): string {
  const { findings, setupCommand, testCommand, durationMs } = verification;
  const place = [`git fetch origin ${head}`, "git switch --detach FETCH_HEAD"];
  const steps = [...place, setupCommand, testCommand].filter((step) => step !== null);
  const first = [
    verdictSentence(verification),
    graveNotice(findings),
    evidenceTable(verification),
    testCommand === null ? "" : `Repeat it: ${code(steps.join(" && "), 400)}`,
    findingsList(findings),
    `${code(head.slice(0, 12))} against ${code(base.commit.slice(0, 12))} of ${code(base.branch)} · ${duration(durationMs / 1000)}`,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
  const rest = folded(evidenceDetails(verification), longestBody - first.length);
  return rest === "" ? first : `${first}\n\n${rest}`;
}

/** The check run on its commit, with what gates and review remark. */
export function proofCheck({ verification }: Proof) {
  const { findings } = verification;
  const text = [evidenceTable(verification), findingsList(findings)].filter((part) => part !== "");
  return { ...checkReport(verification), text: text.join("\n\n") };
}

/** The same for a workflow's page, with what could not be told to the pull request. */
export function proofSummary(proof: ToldProof): string {
  const place = `Pull request: ${proof.pullRequest.url}`;
  return [place, ...proofNotes(proof), proofComment(proof)].join("\n\n");
}

/** The same for a log. */
export function proofText(proof: ToldProof): string {
  return [verificationText(proof.verification), ...proofNotes(proof)].join("\n\n");
}

/** The same in one line without Markdown, for an annotation. */
export function proofLine({ pullRequest, verification }: Proof): string {
  return `Pull request #${pullRequest.number}. ${verdictSentence(verification).replaceAll("**", "")}`;
}

function proofNotes({ pullRequest, head, meanwhile, missing }: ToldProof): string[] {
  return [...meanwhileLine(meanwhile, head), ...missingNotes(pullRequest.fromFork, missing)];
}

function meanwhileLine(meanwhile: Proof["meanwhile"], head: string): string[] {
  if (meanwhile === "closed") return ["The pull request was closed while its tests ran."];
  if (meanwhile === null) return [];
  return [
    `The pull request got a newer commit while its tests ran: this is about ${code(head.slice(0, 12))}, and its comment and label are left to the run for the newer one.`,
  ];
}

/** A fork's run may write nothing at all, as a rule: that is one line, not three. */
function missingNotes(fromFork: boolean, missing: ToldProof["missing"]): string[] {
  const { comment, "check run": checkRun, label } = missing;
  if (!fromFork || comment === null || checkRun === null || label === null) return missingLines(missing);
  return [
    `There is no comment, no check run and no label, since this run may not write to a fork's pull request: ${inert(comment, 300)}`,
  ];
}
