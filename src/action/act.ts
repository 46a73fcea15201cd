import type { GitHubAccess } from "../github/access.ts";
import { connectWithToken } from "../github/connect.ts";
import { readIssue } from "../github/issue.ts";
import { stickyComment } from "../github/sticky-comment.ts";
import { dispatchedJob } from "../job/dispatched.ts";
import { type Job, numberOf } from "../job/job.ts";
import type { Emit } from "../log/events.ts";
import { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import { outcomeComment } from "../report/comment.ts";
import type { Outcome } from "../report/outcome.ts";
import { refuse, takeIn } from "../run/intake.ts";
import { stoppedBy } from "../run/stopped.ts";
import { type House, run } from "../run.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { askedBy, readEvent } from "./event.ts";
import { input, readOperator, requireInput, runnerVariable } from "./inputs.ts";

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
  const event = await readEvent(env);
  const asked = askedBy(event);
  if ("ignored" in asked) return asked;
  const operator = readOperator(env);
  const access = await connectWithToken({
    token: requireInput("github-token", "github.token"),
    apiUrl: runnerVariable(env, "GITHUB_API_URL"),
    repository: event.repository,
  });
  const job = "job" in asked ? asked.job : await named(asked.issue);
  const taken = await takeIn(job, access, { operator });
  if (taken === "not-asked") return { ignored: "other-label" };
  const house = await openHouse().catch(async (error: unknown) => {
    if (error instanceof Problem) await refuse(job, access, error, redact);
    throw error;
  });
  return run(job, { ...options, access, house }).catch(async (error: unknown) => {
    await sayBroken(job, access, error, redact);
    throw error;
  });

  async function named(number: number): Promise<Job> {
    const { repository, actor, deliveryId } = event;
    const issue = await readIssue(access, number);
    return dispatchedJob({
      door: "action",
      deliveryId,
      repository,
      issue,
      actor: { login: actor, type: "User" },
    });
  }

  async function openHouse(): Promise<House> {
    if (taken instanceof Problem) throw taken;
    const apiKey = input("anthropic-api-key");
    if (apiKey === "") throw new Problem("input-key-missing");
    return {
      operator,
      apiKey,
      redact,
      sandbox: await openSandbox(operator.sandbox),
    };
  }
}

/** The comment that showed the progress says that there is no more; the log has the error itself. */
async function sayBroken(job: Job, access: GitHubAccess, error: unknown, redact: Redact): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  const problem = error instanceof Problem ? error : new Problem("run-broken", { reason });
  const say = stickyComment(access, numberOf(job));
  // Where GitHub is what failed, this fails too, and the first failure is the one to show.
  await say(redact(outcomeComment(stoppedBy(problem, null)))).catch(() => {});
}
