import { stickyComment } from "../github/sticky-comment.ts";
import { numberOf } from "../job/job.ts";
import { noCount } from "../log/counts.ts";
import type { Emit } from "../log/events.ts";
import type { Log } from "../log/log-lines.ts";
import { plain } from "../log/plain.ts";
import { Problem } from "../log/problem.ts";
import { passes } from "../log/problems.ts";
import { outcomeComment, progressLine, queuedComment } from "../report/comment.ts";
import { cancel } from "../run/cancel.ts";
import { react, refuse, takeIn } from "../run/intake.ts";
import { issueOf } from "../run/issue-of.ts";
import { lookAtChecks } from "../run/look-at-checks.ts";
import { runId } from "../run/record.ts";
import { split } from "../run/split.ts";
import { isCancelled, stoppedBy } from "../run/stopped.ts";
import { answerUnknown } from "../run/unknown-command.ts";
import { waitingFor, withWaiting } from "../run/waiting.ts";
import { type House, run } from "../run.ts";
import { aboutRun } from "./about-run.ts";
import { endingOf } from "./ending.ts";
import type { AppStages } from "./reaching.ts";
import { untraced } from "./tracing/traced.ts";

/** What the App does with a job at each of its stages. */
export function createStages(house: House, log: Log, traced = untraced): AppStages {
  const { operator, redact, count = noCount } = house;

  return {
    async intake(job, access, { busy, cancelledBy, cancel: cancelUnder }) {
      if (job.request.kind === "cancel") {
        const against = await cancel(job, { access, house, cancel: cancelUnder });
        log(`${job.key}: ${against === null ? "cancelled" : `refused: ${against.code}`}`, aboutRun(job));
        return "refused";
      }
      if (job.request.kind === "split") {
        const against = await split(job, access, redact);
        log(`${job.key}: ${against === null ? "split" : `refused: ${against.code}`}`, aboutRun(job));
        return "refused";
      }
      if (job.request.kind === "unknown") {
        if (await answerUnknown(job, access, redact)) log(`${job.key}: no such command`, aboutRun(job));
        return "refused";
      }
      if (job.request.kind === "checks") {
        const seen = await lookAtChecks(job, access, { operator, redact, cancelledBy });
        log(`${job.key}: checks: ${seen}`, aboutRun(job));
        return seen === "accepted" ? "accepted" : "refused";
      }
      const asked = await takeIn(job, access, house);
      const isOver = asked === "accepted" && cancelledBy !== null;
      const taken = isOver ? new Problem("cancelled", { login: cancelledBy }) : asked;
      if (taken === "not-asked") return "refused";
      await react(job, access, taken);
      if (taken === "accepted" && !busy) {
        const words = queuedComment(job);
        // The run goes on with it; and killed before that is queued, intake is done again, and asks again what waits.
        await stickyComment(access, numberOf(job))(withWaiting(words, await waitingFor(job, access)));
        const issue = await issueOf(job, access);
        return issue === null || issue === numberOf(job) ? "accepted" : { issue };
      }
      const underWay = taken === "accepted" || (busy && taken.code === "issue-taken");
      const problem = underWay ? new Problem("already-running") : taken;
      log(`${job.key}: refused: ${problem.code}`, aboutRun(job));
      await refuse(job, access, problem, redact);
      return "refused";
    },

    async run(job, access, signal, _attempt, _stillOurs, limitedUntil) {
      const about = aboutRun(job);
      const emit: Emit = (event) => {
        const line = progressLine(event);
        if (line !== null) log(plain(redact(`${job.key} ${line}`)), about);
      };
      if ((await house.ledger?.hasEnded(runId(job))) === true)
        return log(`${job.key}: had ended before its worker did`, about);
      const outcome = await traced(job, emit, (emit) =>
        run(job, { access, house, emit, signal, limitedUntil }),
      );
      log(`${job.key}: ${outcome.kind}${outcome.kind === "stopped" ? ` (${outcome.code})` : ""}`, about);
      if (isCancelled(signal) && !(outcome.kind === "stopped" && outcome.code === "cancelled"))
        await refuse(job, access, new Problem("cancel-too-late"), redact);
      // Thrown, it is tried again; the comment says meanwhile what stands in the way.
      if (outcome.kind === "stopped" && passes(outcome.code)) {
        throw new Error(`${outcome.what} ${outcome.fix}`);
      }
      count("runs", endingOf(outcome));
    },

    async failed(job, access, { stage, reason }) {
      log(redact(`${job.key}: given up at ${stage}: ${reason}`), aboutRun(job));
      if (stage === "run") {
        await house.ledger?.abandon(runId(job));
        await house.journals?.remove(runId(job));
      }
      const { request } = job;
      if (stage === "run" && request.kind === "checks")
        await lookAtChecks(job, access, { operator, redact, failed: `it was given up: ${reason}` });
      // It is not known whether a label of another name asks for anything.
      const isLabel = request.kind === "issue" && request.approves === undefined;
      if (stage === "intake" && isLabel && request.label !== operator.label) return;
      const words = redact(outcomeComment(stoppedBy(new Problem("given-up", { reason }), null)));
      const text = withWaiting(words, await waitingFor(job, access));
      // What was to be cancelled may be at work above it.
      const part =
        request.kind === "checks" && stage === "run" ? "correction" : "number" in request ? "note" : "both";
      await stickyComment(access, numberOf(job))(text, part);
      // Last, since all of this is done again where it could not be said.
      if (stage === "run") count("runs", "given-up");
    },
  };
}
