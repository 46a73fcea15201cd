import type { OperatorConfig } from "../config/types.ts";
import type { GitHubAccess } from "../github/access.ts";
import { connectWithToken } from "../github/connect.ts";
import { readIssue } from "../github/issue.ts";
import { dispatchedJob } from "../job/dispatched.ts";
import type { Job } from "../job/job.ts";
import type { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import { checkedPullRequest, isHead } from "../run/checked.ts";
import { takeIn } from "../run/intake.ts";
import { lookAtChecks } from "../run/look-at-checks.ts";
import type { HandedOn } from "../run/publish-file.ts";
import { split } from "../run/split.ts";
import { answerUnknown } from "../run/unknown-command.ts";
import { askedBy, readEvent, type WorkflowEvent } from "./event.ts";
import { readOperator, requireInput, runnerVariable } from "./inputs.ts";

/** A job, where a workflow's event asks for one, and what stands against it. */
export interface AskedJob {
  readonly job: Job;
  readonly access: GitHubAccess;
  readonly operator: OperatorConfig;
  readonly taken: "accepted" | Problem;
}

interface Ignored {
  readonly ignored: string;
  readonly key?: string;
}

/**
 * What the workflow's event asks for, by GitHub's own word, or in a stable word why that is nothing. What is no command gets
 * its answer here, but where `redact` is null: there the token may only read. `handedOn`: what the job before came to, where
 * there is one. `key`: whose checks were looked at.
 */
export async function askedJob(
  env: NodeJS.ProcessEnv,
  redact: Redact | null,
  handedOn: (job: Job) => Promise<HandedOn> = async () => "none",
): Promise<AskedJob | Ignored> {
  const event = await readEvent(env);
  const asked = askedBy(event);
  if ("ignored" in asked) return asked;
  // What runs is a workflow run of its own, which is ended by what started it.
  if ("job" in asked && asked.job.request.kind === "cancel") return { ignored: "cancel" };
  const operator = readOperator(env);
  const access = await connectWithToken({
    token: requireInput("github-token", "github.token"),
    apiUrl: runnerVariable(env, "GITHUB_API_URL"),
    repository: event.repository,
    limits: operator.githubLimits,
  });
  const job = "job" in asked ? asked.job : await named(asked.issue, event, access);
  if (job.request.kind === "unknown" || job.request.kind === "split") {
    const { kind } = job.request;
    if (redact !== null) await (kind === "split" ? split : answerUnknown)(job, access, redact);
    return { ignored: kind === "split" ? "split" : "unknown-command" };
  }
  if (job.request.kind === "checks") {
    const before = await handedOn(job);
    // What is paid for needs its head alone: its checks may have been started again meanwhile.
    const seen =
      before === "end"
        ? await stillHead(job, access)
        : await lookAtChecks(job, access, { operator, redact, busy: before === "nothing" });
    if (seen !== "accepted") return { ignored: `checks-${seen}`, key: job.key };
    return { job, access, operator, taken: seen };
  }
  const taken = await takeIn(job, access, { operator });
  return taken === "not-asked" ? { ignored: "other-label" } : { job, access, operator, taken };
}

async function stillHead(job: Job, access: GitHubAccess): Promise<"accepted" | "not-our-head"> {
  const pullRequest = await checkedPullRequest(job, access);
  return pullRequest !== null && isHead(job, pullRequest) ? "accepted" : "not-our-head";
}

async function named(number: number, event: WorkflowEvent, access: GitHubAccess): Promise<Job> {
  const { repository, actor, deliveryId } = event;
  const issue = await readIssue(access, number);
  return dispatchedJob({
    ...{ door: "action", deliveryId, repository, issue },
    actor: { login: actor, type: "User" },
  });
}
