import type { GitHubAccess } from "../github/access.ts";
import { type CheckRun, upsertCheckRun } from "../github/check-run.ts";
import { stickyComment } from "../github/sticky-comment.ts";
import { setVerdictLabel } from "../github/verdict-label.ts";
import { Problem } from "../log/problem.ts";
import type { Verdict } from "../verify/types.ts";

// Where a verdict is shown beside the evidence itself. Each of these returns null, or why it is not there: the verdict
// stands without it.

export function noCheckRun(access: GitHubAccess, check: CheckRun): Promise<string | null> {
  return reason(async () => {
    // An answer may be lost although the check run was made, and the second call then finds it.
    const made = await upsertCheckRun(access, check).catch(() => upsertCheckRun(access, check));
    return "unavailable" in made ? made.unavailable : null;
  });
}

export function noLabel(access: GitHubAccess, number: number, verdict: Verdict): Promise<string | null> {
  return reason(async () => {
    await setVerdictLabel(access, number, verdict);
    return null;
  });
}

export function noComment(
  access: GitHubAccess,
  number: number,
  key: string,
  text: string,
): Promise<string | null> {
  return reason(async () => {
    await stickyComment(access, number, key)(text);
    return null;
  });
}

async function reason(write: () => Promise<string | null>): Promise<string | null> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.what;
  }
}
