import { setTimeout as delay } from "node:timers/promises";
import type { Octokit } from "../github/access.ts";
import { failedDeliveries, redeliver } from "../github/deliveries.ts";
import type { Redeliveries } from "../job/redeliveries.ts";
import { heard } from "./app.ts";

/** Most deliveries that one look adds; GitHub is asked for one a second at most. The next look adds more. */
const most = 500;

/** Milliseconds to the next look where one after the other found something: what was sent again may have failed again. */
const soon = [60_000, 300_000, 900_000];
const hour = 3_600_000;

export interface SweepOptions {
  /** Who speaks as the App itself. */
  app(): Promise<Octokit>;
  readonly redeliveries: Redeliveries;
  /** What there is to say, in a line. */
  say(line: string): void;
  /** Milliseconds from one look to the next; default an hour. Sooner at first where it found something. */
  readonly pause?: number | undefined;
}

/** Milliseconds to the next look after so many in a row that each found something new: sooner a few times, then hourly. */
export const pauseAfter = (found: number, pause = hour): number => Math.min(pause, soon[found - 1] ?? pause);

/**
 * Looks now, then hourly, and sooner after it found something, for what GitHub could not deliver, and has it delivered
 * again by the ordinary way in, until `signal`. A failure is said, and the next look is made all the same.
 */
export async function sweep(options: SweepOptions, signal: AbortSignal): Promise<void> {
  const { app, redeliveries, say, pause } = options;
  let found = 0;
  await redeliveries.work(async (attempt, stop) => {
    try {
      if (await redeliver(await app(), attempt, stop)) return;
      say(`GitHub can no longer deliver what failed as ${attempt}`);
    } catch (error) {
      if (!stop.aborted)
        say(`GitHub was not asked to deliver again what failed as ${attempt}, and is later: ${why(error)}`);
      throw new Error(why(error));
    }
  });
  while (!signal.aborted) {
    const added = await look(options, signal).catch((error) => {
      if (!signal.aborted)
        say(`GitHub did not say which deliveries failed, and is asked again later: ${why(error)}`);
      return 0;
    });
    found = added > 0 ? found + 1 : 0;
    await delay(pauseAfter(found, pause), null, { signal }).catch(() => {});
  }
}

async function look({ app, redeliveries, say }: SweepOptions, signal: AbortSignal): Promise<number> {
  const { attempts, whole } = await failedDeliveries(await app(), heard, signal);
  let added = 0;
  for (const attempt of attempts) {
    signal.throwIfAborted();
    if (await redeliveries.add(attempt)) added += 1;
    if (added === most) break;
  }
  if (added > 0) say(`GitHub is asked to deliver again what failed: ${added} of ${attempts.length}`);
  if (!whole) say("of GitHub's deliveries only the newest were looked at: there are too many");
  return added;
}

const why = (error: unknown) => (error instanceof Error ? error.message : String(error));
