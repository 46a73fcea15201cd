import type { RepositoryConfig } from "../config/types.ts";
import type { GitHubAccess } from "../github/access.ts";
import type { Agreed } from "../github/agreed.ts";
import { type Attempt, keepAttempt, readAttempts } from "../github/attempts.ts";
import { textDigest } from "../github/issue.ts";
import { publish } from "../github/publish.ts";
import { branchFor, type PullRequest, replacedRef } from "../github/pull-request.ts";
import type { IssueText } from "../job/job.ts";
import type { Redact } from "../log/redact.ts";
import { findingAnnotations } from "../report/annotations.ts";
import { checkReport } from "../report/check-run.ts";
import type { Draft, Outcome } from "../report/outcome.ts";
import { body } from "../report/pull-request/body.ts";
import { waitsPart } from "../report/pull-request/checks.ts";
import type { PullRequestReport } from "../report/pull-request/report.ts";
import { commitMessage, shownId, title } from "../report/pull-request/title.ts";
import { worth } from "../verify/verdict.ts";
import type { Repository } from "../workspace/types.ts";
import { afterPublication } from "./after-publication.ts";
import { answerThreads } from "./answer-threads.ts";
import { contentsOf } from "./contents-of.ts";
import { standingAt } from "./revision.ts";
import { showAttempt } from "./show-attempt.ts";
import { noCheckRun, noLabel } from "./show-verdict.ts";

export interface DraftPublication {
  readonly access: GitHubAccess;
  readonly repository: Repository;
  /** GitHub's own address of the repository, e.g. `https://github.com/acme/shop`. */
  readonly htmlUrl: string;
  readonly issue: IssueText;
  readonly draft: Draft;
  /** The branch's head, where this is one more commit on top of it. */
  readonly revises: string | null;
  /** The review threads that the account's remarks answer, by their numbers in it. */
  readonly threads: readonly number[];
  /** The branch's head, where it is somebody else's work and may be replaced. */
  readonly replaces: string | null;
  /** What was agreed on before the work; null: nothing. */
  readonly agreed: Agreed | null;
  /** The pull request that is open already. */
  readonly pullRequest: PullRequest | null;
  readonly requestedBy: string;
  /** Whether it corrects what the repository's own checks found: then nobody has asked for it. */
  readonly corrects?: boolean;
  /** Minutes for which the checks of a new head are waited for; absent or 0: not at all. */
  readonly ciMinutes?: number;
  /** When the repository has drafts marked as ready for review. */
  readonly ready: RepositoryConfig["ready"];
  /** The run's id, by which its journal is found. */
  readonly run: string;
  readonly sandbox: PullRequestReport["sandbox"];
  readonly redact: Redact;
  /** Throws what stands against it by now; asked right before the branch is moved. */
  readonly stillWanted: () => Promise<unknown>;
}

/**
 * Branch, commit, pull request, check run and label for the very tree that was verified. Each attempt is kept; one that
 * came to less than the attempt that the pull request shows is kept beside it, and the branch stays where it is.
 */
export async function publishDraft(
  options: DraftPublication,
): Promise<Extract<Outcome, { kind: "drafted" }>> {
  const { access, repository, issue, draft, agreed, pullRequest, revises, replaces, redact } = options;
  const { verification } = draft;
  const { verdict } = verification;
  const branch = branchFor(issue.number);
  const run = options.run.slice(0, shownId);
  const before = await readAttempts(access, issue.number);
  // A publication that was cut off is brought to its end: that is no further attempt.
  const known = before.find((attempt) => attempt.run === run);
  const shown = before.find((one) => one !== known && one.commit === pullRequest?.publishedHead);
  const stays = shown !== undefined && worth[verdict] < worth[shown.verdict] ? shown : null;
  const next = known?.number ?? Math.max(pullRequest?.made ?? 0, ...before.map((one) => one.number)) + 1;
  const report: PullRequestReport = {
    ...{ issue, draft, attempt: next },
    ...{ branch, base: repository, revises },
    ...{ requestedBy: options.corrects ? null : options.requestedBy, sandbox: options.sandbox },
  };
  const attemptOf = (commit: string, number: number): Attempt => {
    const links = { repository: options.htmlUrl, base: repository.commit, head: commit };
    const shownReport = { ...report, attempt: number, links };
    return {
      ...{ number, commit, run, base: repository.commit, revises, verdict, usd: draft.spent.usd },
      size: sizeOf(draft.changes),
      ...{ title: redact(title(shownReport)), body: redact(body(shownReport)) },
    };
  };
  const onto = revises === null ? repository : await standingAt(repository, revises);
  let notKept: string | null = null;
  const { commit, unchanged } = await publish(access, {
    branch,
    base: { commit: onto.commit, tree: onto.tree },
    tree: verification.treeSha,
    changes: await contentsOf(onto, verification.treeSha),
    message: redact(commitMessage(report, options.run)),
    publishedHead: revises ?? pullRequest?.publishedHead ?? null,
    kept: before.map((one) => one.commit),
    replaces: replaces === null ? null : { head: replaces, keptAt: replacedRef(issue.number, replaces) },
    made: known?.commit ?? null,
    keep: async (made) => {
      if (before.some((one) => one.commit === made)) return;
      notKept = await keepAttempt(access, issue.number, attemptOf(made, next));
    },
    shows: stays === null,
    onTop: revises !== null,
    stillWanted: options.stillWanted,
  });
  // The very change that it shows already is no further attempt either.
  const shownBefore = unchanged && pullRequest?.publishedHead === commit ? pullRequest.attempt : next;
  const number = before.find((one) => one.commit === commit)?.number ?? shownBefore;
  const attempt = attemptOf(commit, number);
  const waits = stays === null ? waitsPart(commit, options.ciMinutes ?? 0) : null;
  const published = await showAttempt(access, stays ?? attempt, {
    ...{ issue: issue.number, attempts: [...before.filter((one) => one.number !== number), attempt] },
    agreed: agreed === null ? null : { ...agreed, text: redact(agreed.text) },
    ...{ approvedText: textDigest(issue), repositoryUrl: options.htmlUrl, checks: waits },
  });
  const check = checkReport(verification);
  const paths = new Set(draft.changes.filter(({ status }) => status !== "deleted").map(({ path }) => path));
  const marked = findingAnnotations(verification.findings, (path) => paths.has(path));
  const annotations = marked.map((one) => ({ ...one, message: redact(one.message) }));
  const missing = {
    noCheckRun: await noCheckRun(access, {
      ...{ headSha: commit, ...check, summary: redact(check.summary), annotations },
    }),
    noLabel: await noLabel(access, published.number, (stays ?? attempt).verdict),
  };
  // Where the branch stays as it was there is no answer yet.
  const answering = { access, redact, pullRequest: published.number, commit, run };
  if (stays === null) {
    await answerThreads(options.threads, draft, answering);
    const isDue = options.ready === "verified" && verdict === "verified";
    await afterPublication(access, published.number, { isDue, waits });
  }
  const ref = { number: published.number, url: published.url };
  const kept = { stays: stays && { attempt: stays.number, verdict: stays.verdict }, notKept };
  return { kind: "drafted", draft, pullRequest: ref, commit, attempt: number, ...kept, ...missing };
}

/** Lines of text; those of a binary file, and beyond the first few hundred files, are not counted. */
function sizeOf(changes: Draft["changes"]): Attempt["size"] {
  const hunks = changes.flatMap((file) => file.hunks);
  const lines = (side: "added" | "removed") => hunks.reduce((sum, hunk) => sum + hunk[side].length, 0);
  return { files: changes.length, added: lines("added"), removed: lines("removed") };
}
