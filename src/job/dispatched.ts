import { Problem } from "../log/problem.ts";
import type { Job, RepositoryName, Trigger, TriggerIssue } from "./job.ts";
import { toJob } from "./to-job.ts";

export interface Dispatch extends Pick<Trigger, "door" | "deliveryId" | "actor"> {
  readonly repository: RepositoryName;
  readonly issue: TriggerIssue;
}

/** The job of somebody who named an issue. What a webhook would be ignored for is said to them: throws a Problem. */
export function dispatchedJob({ repository, issue, ...who }: Dispatch): Job {
  const decision = toJob(
    {
      ...{ ...who, at: new Date().toISOString() },
      repository: { ...repository, archived: false, private: false },
      action: { kind: "dispatched", issue },
    },
    { self: [] },
  );
  if ("job" in decision) return decision.job;
  const about = { issue: issue.number };
  if (decision.ignored === "pull-request") throw new Problem("issue-is-pull-request", about);
  throw new Problem(decision.ignored === "locked" ? "issue-locked" : "issue-closed", about);
}
