import type { GitHubAccess } from "../github/access.ts";
import type { Agreed } from "../github/agreed.ts";
import type { Attempt } from "../github/attempts.ts";
import { branchFor } from "../github/pull-request.ts";
import { type UpsertedPullRequest, upsertPullRequest } from "../github/upsert-pull-request.ts";
import { withAttempts } from "../report/pull-request/attempts.ts";

interface Beside {
  readonly issue: number;
  /** All that there were. */
  readonly attempts: readonly Attempt[];
  readonly approvedText: string | null;
  readonly agreed: Agreed | null;
  /** e.g. `https://github.com/acme/shop`. */
  readonly repositoryUrl: string;
  /** What is said of the checks of a head that is new there. */
  readonly checks: string | null;
}

/** The pull request's own text for an attempt, and what there is beside it. The branch stands on its commit already. */
export function showAttempt(
  access: GitHubAccess,
  shown: Attempt,
  { issue, attempts, approvedText, agreed, repositoryUrl, checks }: Beside,
): Promise<UpsertedPullRequest> {
  return upsertPullRequest(access, {
    ...{ branch: branchFor(issue), issue, approvedText, agreed },
    ...{ headSha: shown.commit, title: shown.title, attempt: shown.number },
    body: withAttempts(shown.body, attempts, { shown: shown.number, repositoryUrl }),
    checks,
    made: Math.max(...attempts.map(({ number }) => number)),
  });
}
