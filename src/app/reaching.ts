import type { GitHubAccess } from "../github/access.ts";
import type { Job } from "../job/job.ts";
import type { Stages } from "../job/work.ts";
import { isGone } from "../log/problem.ts";

/** The work itself: what each stage has to keep to stands at `Stages`; here it may also speak to the job's repository. */
export type AppStages = {
  readonly [Name in keyof Stages]: Stages[Name] extends (job: Job, ...rest: infer Rest) => infer Result
    ? (job: Job, access: GitHubAccess, ...rest: Rest) => Result
    : never;
};

/** Access to a job's repository. `beforeWrite` is asked before each request that may change something. */
export type Connect = (job: Job, beforeWrite: () => Promise<void>) => Promise<GitHubAccess>;

/**
 * The stages, each with access to its job's repository. What one of them throws becomes what `failed` makes of it; but where
 * the App is gone nothing can be done or said, however often it is tried.
 */
export function reaching(
  stages: AppStages,
  connect: Connect,
  failed: (job: Job, error: unknown) => Error,
): Stages {
  const withAccess: WithAccess =
    (stage, whenGone, beforeWrite = async () => {}) =>
    async (job, ...rest) => {
      try {
        return await stage(job, await connect(job, beforeWrite), ...rest);
      } catch (error) {
        const told = failed(job, error);
        if (isGone(error)) return whenGone;
        throw told;
      }
    };
  return {
    intake: withAccess(stages.intake, "refused"),
    run: (job, signal, attempt, stillOurs, limitedUntil) =>
      withAccess(stages.run, undefined, stillOurs)(job, signal, attempt, stillOurs, limitedUntil),
    failed: withAccess(stages.failed, undefined),
  };
}

type WithAccess = <Rest extends unknown[], Result>(
  stage: (job: Job, access: GitHubAccess, ...rest: Rest) => Promise<Result>,
  whenGone: Result,
  beforeWrite?: () => Promise<void>,
) => (job: Job, ...rest: Rest) => Promise<Result>;
