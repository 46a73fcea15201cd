import type { GitHubAccess } from "../github/access.ts";
import { textDigest } from "../github/issue.ts";
import { publish } from "../github/publish.ts";
import { branchFor, type PullRequest } from "../github/pull-request.ts";
import { upsertPullRequest } from "../github/upsert-pull-request.ts";
import type { IssueText } from "../job/job.ts";
import type { Redact } from "../log/redact.ts";
import { findingAnnotations } from "../report/annotations.ts";
import { checkReport } from "../report/check-run.ts";
import type { Draft, Outcome } from "../report/outcome.ts";
import { body } from "../report/pull-request/body.ts";
import type { PullRequestReport } from "../report/pull-request/report.ts";
import { commitMessage, title } from "../report/pull-request/title.ts";
import type { Repository } from "../workspace/types.ts";
import { contentsOf } from "./contents-of.ts";
import { noCheckRun, noLabel } from "./show-verdict.ts";

export interface DraftPublication {
  readonly access: GitHubAccess;
  readonly repository: Repository;
  /** GitHub's own address of the repository, e.g. `https://github.com/acme/shop`. */
  readonly htmlUrl: string;
  readonly issue: IssueText;
  readonly draft: Draft;
  /** The pull request that is open already. */
  readonly pullRequest: PullRequest | null;
  readonly requestedBy: string;
  /** The run's id, by which its journal is found. */
  readonly run: string;
  readonly sandbox: PullRequestReport["sandbox"];
  readonly redact: Redact;
}

/** Branch, commit, pull request, check run and label for the very tree that was verified. */
export async function publishDraft(
  options: DraftPublication,
): Promise<Extract<Outcome, { kind: "drafted" }>> {
  const { access, repository, issue, draft, pullRequest, redact } = options;
  const { verification } = draft;
  const attempt = (pullRequest?.attempt ?? 0) + 1;
  const branch = branchFor(issue.number);
  const report: PullRequestReport = {
    ...{ issue, draft, attempt },
    ...{ branch, base: repository },
    ...{ requestedBy: options.requestedBy, sandbox: options.sandbox },
  };
  const { commit, unchanged } = await publish(access, {
    branch,
    base: { commit: repository.commit, tree: repository.tree },
    tree: verification.treeSha,
    changes: await contentsOf(repository, verification.treeSha),
    message: redact(commitMessage(report, options.run)),
    publishedHead: pullRequest?.publishedHead ?? null,
  });
  // A publication that was cut off is brought to its end: that is no further attempt.
  const shown = unchanged && pullRequest?.publishedHead === commit ? pullRequest.attempt : attempt;
  const links = { repository: options.htmlUrl, base: repository.commit, head: commit };
  const shownReport = { ...report, attempt: shown, links };
  const text = { title: redact(title(shownReport)), body: redact(body(shownReport)), attempt: shown };
  const published = await upsertPullRequest(access, {
    branch,
    issue: issue.number,
    headSha: commit,
    approvedText: textDigest(issue),
    ...text,
  });
  const check = checkReport(verification);
  const paths = new Set(draft.changes.filter(({ status }) => status !== "deleted").map(({ path }) => path));
  const marked = findingAnnotations(verification.findings, (path) => paths.has(path));
  const annotations = marked.map((one) => ({ ...one, message: redact(one.message) }));
  const missing = {
    noCheckRun: await noCheckRun(access, {
      ...{ headSha: commit, ...check, summary: redact(check.summary), annotations },
    }),
    noLabel: await noLabel(access, published.number, verification.verdict),
  };
  const ref = { number: published.number, url: published.url };
  return { kind: "drafted", draft, pullRequest: ref, commit, attempt: shown, ...missing };
}
