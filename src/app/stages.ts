import { admit, isAskedFor } from "../admit.ts";
import type { GitHubAccess } from "../github/access.ts";
import { stickyComment } from "../github/sticky-comment.ts";
import { type Job, numberOf } from "../job/job.ts";
import type { Emit } from "../log/events.ts";
import { plain } from "../log/plain.ts";
import { Problem } from "../log/problem.ts";
import { problems } from "../log/problems.ts";
import { outcomeComment, progressLine, queuedComment } from "../report/comment.ts";
import { type House, run } from "../run.ts";
import { stoppedBy } from "../stopped.ts";
import type { AppStages } from "./serve.ts";

/** What the App does with a job at each of its stages. */
export function createStages(house: House, log: (line: string) => void): AppStages {
  const { operator, redact } = house;

  /** Says why nothing is done, beside the comment that tells how a run stands. */
  const refuse = async (job: Job, access: GitHubAccess, problem: Problem) => {
    log(`${job.key}: refused: ${problem.code}`);
    const say = stickyComment(access, numberOf(job), "refusal");
    await say(redact(outcomeComment(stoppedBy(problem, null))));
    return "refused" as const;
  };

  return {
    async intake(job, access, { busy }) {
      if (!(await isAskedFor(job, access, operator))) return "refused";
      try {
        await admit(job, access);
      } catch (error) {
        if (!(error instanceof Problem) || error.kind === "infrastructure") throw error;
        return refuse(job, access, error);
      }
      if (busy) return refuse(job, access, new Problem("already-running"));
      await stickyComment(access, numberOf(job))(queuedComment(job.requestedBy.login));
      return "accepted";
    },

    async run(job, access, signal) {
      const emit: Emit = (event) => {
        const line = progressLine(event);
        if (line !== null) log(plain(redact(`${job.key} ${line}`)));
      };
      const outcome = await run(job, { access, house, emit, signal });
      log(`${job.key}: ${outcome.kind}${outcome.kind === "stopped" ? ` (${outcome.code})` : ""}`);
      // Thrown, it is tried again; the comment says meanwhile what stands in the way.
      if (outcome.kind === "stopped" && problems[outcome.code].kind === "infrastructure") {
        throw new Error(`${outcome.what} ${outcome.fix}`);
      }
    },

    async failed(job, access, { stage, reason }) {
      log(redact(`${job.key}: given up at ${stage}: ${reason}`));
      const { request } = job;
      // It is not known whether a label of another name asks for anything.
      if (stage === "intake" && request.kind === "issue" && request.label !== operator.label) return;
      await stickyComment(
        access,
        numberOf(job),
      )(redact(outcomeComment(stoppedBy(new Problem("given-up", { reason }), null))));
    },
  };
}
