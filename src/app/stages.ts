import { stickyComment } from "../github/sticky-comment.ts";
import { numberOf } from "../job/job.ts";
import type { Emit } from "../log/events.ts";
import { plain } from "../log/plain.ts";
import { Problem } from "../log/problem.ts";
import { passes } from "../log/problems.ts";
import { outcomeComment, progressLine, queuedComment } from "../report/comment.ts";
import { refuse, takeIn } from "../run/intake.ts";
import { stoppedBy } from "../run/stopped.ts";
import { type House, run } from "../run.ts";
import type { AppStages } from "./serve.ts";

/** What the App does with a job at each of its stages. */
export function createStages(house: House, log: (line: string) => void): AppStages {
  const { operator, redact } = house;

  return {
    async intake(job, access, { busy }) {
      const taken = await takeIn(job, access, house);
      if (taken === "not-asked") return "refused";
      if (taken === "accepted" && !busy) {
        await stickyComment(access, numberOf(job))(queuedComment(job.requestedBy.login));
        return "accepted";
      }
      const problem = taken === "accepted" ? new Problem("already-running") : taken;
      log(`${job.key}: refused: ${problem.code}`);
      await refuse(job, access, problem, redact);
      return "refused";
    },

    async run(job, access, signal) {
      const emit: Emit = (event) => {
        const line = progressLine(event);
        if (line !== null) log(plain(redact(`${job.key} ${line}`)));
      };
      const outcome = await run(job, { access, house, emit, signal });
      log(`${job.key}: ${outcome.kind}${outcome.kind === "stopped" ? ` (${outcome.code})` : ""}`);
      // Thrown, it is tried again; the comment says meanwhile what stands in the way.
      if (outcome.kind === "stopped" && passes(outcome.code)) {
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
