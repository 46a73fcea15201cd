import type { Emit, Step } from "../log/events.ts";
import { workingComment } from "../report/comment.ts";

/** Keeps one comment current while a run works. */
export interface Following extends AsyncDisposable {
  readonly emit: Emit;
  /** Says the last word, after what is still on its way. */
  finish(text: string): Promise<void>;
}

/** Milliseconds between two updates: GitHub slows down who writes more often. */
const interval = 10_000;

/** Follows a run's events with `say`, which shows a text. An update that fails is left out: the next one counts. */
export function follow(say: (text: string) => Promise<unknown>, maxUsd: number, pause = interval): Following {
  let step: Step = "fetching";
  let usd: number | null = 0;
  let turns = 0;
  let due: NodeJS.Timeout | null = null;
  let last = 0;
  let sending: Promise<unknown> = Promise.resolve();

  const send = () => {
    due = null;
    last = Date.now();
    sending = say(workingComment(step, usd, turns, maxUsd)).catch(() => {});
  };
  const settle = async () => {
    if (due !== null) clearTimeout(due);
    await sending;
  };
  return {
    [Symbol.asyncDispose]: settle,
    emit: (event) => {
      if (event.type === "step") step = event.step;
      else if (event.type === "model-turn") ({ usd, turn: turns } = event);
      else return;
      due ??= setTimeout(send, Math.max(0, last + pause - Date.now()));
    },
    finish: async (text) => {
      await settle();
      await say(text);
    },
  };
}
