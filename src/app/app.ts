import type { Context, Probot } from "probot";
import { fromChecked, fromCommented, fromLabeled, fromReviewed } from "../job/from-webhook.ts";
import type { Job, Trigger } from "../job/job.ts";
import type { Closed } from "../job/ledger.ts";
import { issueOfBranch, toJob } from "../job/to-job.ts";
import { inTime } from "./in-time.ts";

export interface AppOptions {
  /** Our own logins, as far as they are known by now. */
  self(): readonly string[];
  /** Stores the job; false: it is stored already. */
  enqueue(job: Job): Promise<boolean>;
  /** Notes that a pull request was closed. */
  closed(pullRequest: Closed): Promise<unknown>;
}

/**
 * Milliseconds in which a job is stored or the delivery has failed, where GitHub can see it. A second later Probot would
 * answer "still processing", and a failure after that would be nobody's.
 */
const storeTime = 8000;

/** What may ask for something, and how its trigger is read. */
const readers = {
  "issues.labeled": fromLabeled,
  "issue_comment.created": fromCommented,
  "pull_request_review.submitted": fromReviewed,
  "check_suite.completed": fromChecked,
  status: fromChecked,
};
type Asking = keyof typeof readers;
const asking = Object.keys(readers) as Asking[];
const closed = "pull_request.closed";
/** All that is acted upon. */
export const heard: readonly string[] = [...asking, closed];

/** The Probot app: each handler puts what it is told into the queue and returns. */
export function createApp(options: AppOptions): (probot: Probot) => void {
  return (probot) => {
    for (const event of asking) {
      probot.on(event, (context: Context<Asking>) =>
        take(context, readers[event]({ door: "app", deliveryId: context.id }, context.payload), options),
      );
    }
    probot.on(closed, ({ payload: { pull_request: pull, repository } }) =>
      stored(
        options.closed({
          repository: { owner: repository.owner.login, repo: repository.name },
          ...{ repositoryId: repository.id, number: pull.number, merged: pull.merged === true },
          // A fork's branch may have the name of one of ours.
          issue: pull.head.repo?.id === repository.id ? issueOfBranch(pull.head.ref) : null,
        }),
      ).then(() => {}),
    );
  };
}

async function take({ log }: Pick<Context, "log">, trigger: Trigger, options: AppOptions): Promise<void> {
  const { owner, repo } = trigger.repository;
  const decision = toJob(trigger, { self: options.self() });
  const { action } = trigger;
  const at = {
    repository: `${owner}/${repo}`,
    ...("issue" in action ? { issue: action.issue.number } : { commit: action.sha }),
  };
  if ("ignored" in decision) {
    log.debug({ ...at, reason: decision.ignored }, "ignored");
    return;
  }
  const isNew = await stored(options.enqueue(decision.job));
  log.info(at, isNew ? "queued" : "known already");
}

const stored = <T>(work: Promise<T>): Promise<T> =>
  inTime(work, storeTime, "the queue did not answer in time");
