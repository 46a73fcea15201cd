import type { Context, Probot } from "probot";
import { fromCommented, fromLabeled } from "../job/from-webhook.ts";
import type { Job, Trigger } from "../job/job.ts";
import { toJob } from "../job/to-job.ts";

export interface AppOptions {
  /** Our own logins, as far as they are known by now. */
  self(): readonly string[];
  /** Stores the job; false: it is stored already. */
  enqueue(job: Job): Promise<boolean>;
}

/**
 * Milliseconds in which a job is stored or the delivery has failed, where GitHub can see it. A second later Probot would
 * answer "still processing", and a failure after that would be nobody's.
 */
const storeTime = 8000;

/** The Probot app: each handler puts what it is told into the queue and returns. */
export function createApp(options: AppOptions): (probot: Probot) => void {
  return (probot) => {
    probot.on("issues.labeled", (context) =>
      take(context, fromLabeled({ door: "app", deliveryId: context.id }, context.payload), options),
    );
    probot.on("issue_comment.created", (context) =>
      take(context, fromCommented({ door: "app", deliveryId: context.id }, context.payload), options),
    );
  };
}

async function take({ log }: Pick<Context, "log">, trigger: Trigger, options: AppOptions): Promise<void> {
  const { owner, repo } = trigger.repository;
  const at = { repository: `${owner}/${repo}`, issue: trigger.action.issue.number };
  const decision = toJob(trigger, { self: options.self() });
  if ("ignored" in decision) {
    log.debug({ ...at, reason: decision.ignored }, "ignored");
    return;
  }
  const isNew = await inTime(options.enqueue(decision.job));
  log.info(at, isNew ? "queued" : "known already");
}

function inTime<T>(work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error("the queue did not answer in time")), storeTime);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}
