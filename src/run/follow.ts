import type { Part } from "../github/sticky-comment.ts";
import type { Emit } from "../log/events.ts";
import { type Progress, workingComment } from "../report/comment.ts";

/** Keeps one comment current while a run works. */
export interface Following extends AsyncDisposable {
  readonly emit: Emit;
  /** Says the last word, after what is still on its way. */
  finish(text: string, part: Part): Promise<void>;
}

/** Milliseconds between two updates: GitHub slows down who writes more often. */
const interval = 10_000;

/**
 * Follows a run's events with `say`, which shows a text: while it works, as this part of its comment. An
 * update that fails is left out: the next one counts.
 */
export function follow(
  say: (text: string, part: Part) => Promise<unknown>,
  {
    maxUsd,
    part,
    pause = interval,
  }: { readonly maxUsd: number; readonly part: Part; readonly pause?: number | undefined },
): Following {
  let at: Progress = { step: "fetching", turns: 0, usd: 0, maxUsd, notices: [] };
  let due: NodeJS.Timeout | null = null;
  let last = Number.NEGATIVE_INFINITY;
  let sending: Promise<unknown> = Promise.resolve();

  const send = () => {
    due = null;
    last = performance.now();
    sending = say(workingComment(at), part).catch(() => {});
  };
  const settle = async () => {
    if (due !== null) clearTimeout(due);
    await sending;
  };
  return {
    [Symbol.asyncDispose]: settle,
    emit: (event) => {
      if (event.type === "step") at = { ...at, step: event.step };
      else if (event.type === "model-turn") at = { ...at, usd: event.usd, turns: event.turn };
      else if (event.type === "limit") at = { ...at, maxUsd: event.usd };
      else if (event.type === "notice") at = { ...at, notices: [...at.notices, event.text] };
      else return;
      due ??= setTimeout(send, Math.max(0, last + pause - performance.now()));
    },
    finish: async (text, part) => {
      await settle();
      await say(text, part);
    },
  };
}
