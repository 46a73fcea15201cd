import type { GitHubAccess } from "../github/access.ts";
import { stickyComment } from "../github/sticky-comment.ts";
import { type Job, numberOf } from "../job/job.ts";
import type { Emit } from "../log/events.ts";
import { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import { outcomeComment } from "../report/comment.ts";
import type { Outcome } from "../report/outcome.ts";
import { react, refuse } from "../run/intake.ts";
import { stoppedBy } from "../run/stopped.ts";
import { run } from "../run.ts";
import { askedJob } from "./asked-job.ts";
import { openHouse } from "./open-house.ts";

export interface ActOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly redact: Redact;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/**
 * Does what the workflow's event asks for, or says in a stable word why that is nothing. What stands against it is
 * thrown, and said on the issue where there is one.
 */
export async function act(options: ActOptions): Promise<Outcome | { readonly ignored: string }> {
  const { env, redact } = options;
  const asked = await askedJob(env, redact);
  if ("ignored" in asked) return asked;
  const { job, access, taken } = asked;
  await react(job, access, taken);
  const house = await openHouse(asked, redact).catch(async (error: unknown) => {
    if (error instanceof Problem) await refuse(job, access, error, redact);
    throw error;
  });
  return run(job, { ...options, access, house }).catch(async (error: unknown) => {
    await sayBroken(job, access, error, redact);
    throw error;
  });
}

/** The comment that showed the progress says that there is no more; the log has the error itself. */
async function sayBroken(job: Job, access: GitHubAccess, error: unknown, redact: Redact): Promise<void> {
  const say = stickyComment(access, numberOf(job));
  // Where GitHub is what failed, this fails too, and the first failure is the one to show.
  await say(redact(outcomeComment(stoppedBy(asProblem(error), null)))).catch(() => {});
}

/** What to say of an error that is no Problem: a bug, or broken infrastructure. */
export function asProblem(error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return error instanceof Problem ? error : new Problem("run-broken", { reason });
}
