import type { Stages } from "../../src/job/work.ts";
import { until as untilMet } from "../helpers/until.ts";

/** Stages that write down what they were asked. */
export function recorder(change: Partial<Stages> = {}) {
  const seen: string[] = [];
  const stages: Stages = {
    intake: async (of, { busy }) => {
      seen.push(`intake ${of.key}${busy ? " busy" : ""}`);
      return busy ? "refused" : "accepted";
    },
    run: async (of, signal, attempt, stillOurs, limitedUntil) => {
      seen.push(`run ${of.key} ${attempt}`);
      await change.run?.(of, signal, attempt, stillOurs, limitedUntil);
      seen.push(`done ${of.key}`);
    },
    failed: async (of, { stage, reason }) => {
      seen.push(`failed ${of.key} ${stage} ${reason}`);
    },
    ...(change.intake ? { intake: change.intake } : {}),
  };
  return { seen, stages };
}

export const until = (condition: () => boolean | Promise<boolean>) =>
  untilMet("the queue had come to it", condition);

export const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
