import type { GitHubAccess } from "../github/access.ts";
import { stickyComment } from "../github/sticky-comment.ts";
import { type Job, numberOf } from "../job/job.ts";
import type { Emit } from "../log/events.ts";
import { Problem } from "../log/problem.ts";
import { passes } from "../log/problems.ts";
import type { Redact } from "../log/redact.ts";
import type { Outcome } from "../report/outcome.ts";
import { lastWord } from "../run/await-checks.ts";
import { react, refuse } from "../run/intake.ts";
import { stoppedBy } from "../run/stopped.ts";
import { tellOfChecks } from "../run/tell-of-checks.ts";
import { run } from "../run.ts";
import { type AskedJob, askedJob } from "./asked-job.ts";
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
    await tellEnded(asked, redact, error);
    throw error;
  });
  const outcome = await run(job, { ...options, access, house }).catch(async (error: unknown) => {
    await sayBroken(job, access, error, redact);
    await tellEnded(asked, redact, error);
    throw error;
  });
  // Elsewhere it is tried again, and says so itself in the end.
  if (outcome.kind === "stopped" && passes(outcome.code)) await tellEnded(asked, redact, outcome);
  return outcome;
}

/** Says of a correction that it ended without a commit: nobody tries it again here. `by`: its outcome, or what was thrown. */
export async function tellEnded(
  { job, access, operator }: AskedJob,
  redact: Redact,
  by: unknown,
): Promise<void> {
  if (job.request.kind !== "checks") return;
  const outcome = isStopped(by) ? by : stoppedBy(asProblem(by), null);
  // Where GitHub is what failed, this fails too, and the first failure is the one to show.
  await tellOfChecks(job, outcome, access, { operator, redact }).catch(() => {});
}

const isStopped = (by: unknown): by is Extract<Outcome, { kind: "stopped" }> =>
  !(by instanceof Error) && (by as Partial<Outcome> | null)?.kind === "stopped";

/** The comment that showed the progress says that there is no more; the log has the error itself. */
async function sayBroken(job: Job, access: GitHubAccess, error: unknown, redact: Redact): Promise<void> {
  const say = stickyComment(access, numberOf(job));
  // Where GitHub is what failed, this fails too, and the first failure is the one to show.
  const { text, part } = lastWord(job, stoppedBy(asProblem(error), null));
  await say(redact(text), part).catch(() => {});
}

/** What to say of an error that is no Problem: a bug, or broken infrastructure. */
export function asProblem(error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return error instanceof Problem ? error : new Problem("run-broken", { reason });
}
