import { isDeepStrictEqual } from "node:util";
import type { Toolbox } from "../sandbox/tool.ts";
import type { JournalEntry } from "./journal-entry.ts";

/**
 * The toolbox of a run that is replayed or resumed: every call is made, for what it does to the workspace, but the model is
 * told the recorded result. So the history is the recorded one to the byte, times and temporary names in an output
 * included: its cache still holds, and the API refuses thoughts after a changed prefix. From the first call that is not
 * the recorded one on, results are the toolbox's own. `onDifference` hears of a call that now fails or no longer does.
 */
export function openRecordedToolbox(
  toolbox: Toolbox,
  entries: readonly JournalEntry[],
  onDifference: (name: string) => void = () => {},
): Toolbox {
  let recorded = entries.flatMap((entry) => (entry.type === "tool" && entry.ran ? [entry] : []));
  return {
    async call(call, signal) {
      const result = await toolbox.call(call, signal);
      const [then, ...rest] = recorded;
      if (then === undefined) return result;
      if (then.name !== call.name || !isDeepStrictEqual(then.input, call.input)) {
        recorded = [];
        return result;
      }
      recorded = rest;
      if (then.isError !== result.isError) onDifference(call.name);
      return { content: then.content, isError: then.isError };
    },
    stop: () => toolbox.stop(),
    [Symbol.asyncDispose]: () => toolbox[Symbol.asyncDispose](),
  };
}
