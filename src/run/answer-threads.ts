import { answersOf } from "../context/remarks.ts";
import type { GitHubAccess } from "../github/access.ts";
import { answerThread } from "../github/threads.ts";
import type { Redact } from "../log/redact.ts";
import { accountOf } from "../report/account.ts";
import { inertLine } from "../report/inert.ts";
import type { Draft } from "../report/outcome.ts";

export interface Answering {
  readonly access: GitHubAccess;
  readonly redact: Redact;
  readonly pullRequest: number;
  /** The commit that the answers speak of. */
  readonly commit: string;
  /** The run's id: one answer of each run. */
  readonly run: string;
}

/** Answers each review thread that a revision says something of, in that thread, once. `threads`: by its numbers. */
export async function answerThreads(
  threads: readonly number[],
  { summary }: Pick<Draft, "summary">,
  { access, redact, pullRequest, commit, run }: Answering,
): Promise<void> {
  for (const [thread, text] of answersOf(accountOf(summary).remarks, threads)) {
    const words = redact(`In ${commit}, in the model's words: ${inertLine(text, 1000)}`);
    await answerThread(access, pullRequest, thread, words, run);
  }
}
