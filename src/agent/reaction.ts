import type { BetaToolRunner } from "@anthropic-ai/sdk/lib/tools/BetaToolRunner";
import type { BetaToolResultBlockParam } from "@anthropic-ai/sdk/resources/beta/messages/messages";
import type { Emit } from "../log/events.ts";
import type { Hands } from "./hands.ts";
import { addUser, type Call, callsOf, type Message, textBlock, textOf } from "./history.ts";
import type { Journal } from "./journal.ts";
import { nudges } from "./nudges.ts";
import type { Reply } from "./receive.ts";
import { createRepetition } from "./repetition.ts";
import { summaryOf } from "./summary.ts";
import type { TurnEnd } from "./types.ts";

type Runner = BetaToolRunner<true>;

/** What follows a reply. */
export interface Reaction {
  /** Forgets what counted against the work on the message before. */
  reset(): void;
  /** Runs the tools that the reply calls, or says what is wrong with it. Null: the model's turn again. */
  to(reply: Reply, runner: Runner, signal: AbortSignal): Promise<TurnEnd | null>;
}

/** How often in a row a malformed call goes back to the model; how often a reply that was cut off is followed up. */
const patience = { malformed: 3, cutOff: 3 } as const;

const fresh = () => ({ malformed: 0, cutOff: 0, warned: false, repetition: createRepetition() });

export function createReaction(options: {
  readonly hands: Hands;
  readonly history: Message[];
  readonly journal: Journal;
  readonly emit: Emit;
  readonly redact: (text: string) => string;
}): Reaction {
  const { hands, history, journal, emit, redact } = options;
  const usedIds = new Set<string>();
  let progress = fresh();

  const say = (text: string): null => {
    addUser(history, [textBlock(text)], nudges.notRun);
    return null;
  };

  /** True where an id stands for a second call: the API takes no such history, so none of the calls can be answered. */
  const repeatsIds = (calls: readonly Call[]): boolean => {
    const before = usedIds.size;
    for (const { id } of calls) usedIds.add(id);
    return usedIds.size < before + calls.length;
  };

  const use = async (
    calls: readonly Call[],
    faults: ReadonlyMap<string, string>,
    runner: Runner,
    signal: AbortSignal,
  ) => {
    const response = await runner.generateToolResponse(signal);
    hands.check();
    const results = (response?.content ?? []) as BetaToolResultBlockParam[];
    const done = calls.map(({ id, name, input }, i) => {
      const { content = "", is_error: isError = false } = results[i] ?? {};
      const ran = !faults.has(id);
      journal.write({ type: "tool", id, name, input, content: String(content), isError, ran });
      emit({ type: "tool", name, summary: redact(summaryOf(input)), isError });
      return { name, input, content, isError };
    });
    const circling = progress.repetition.add(done);
    addUser(history, [...results, ...(circling ? [textBlock(nudges.repeating)] : [])], nudges.notRun);
    if (signal.aborted) return { kind: "cancelled" } as const;
    const text = done.map(({ name, input }) => `${name} ${summaryOf(input)}`).join("; ");
    if (circling && progress.warned) return { kind: "looping", text: redact(text) } as const;
    progress.warned ||= circling;
    return null;
  };

  return {
    reset() {
      progress = fresh();
    },
    async to({ message, rawInputs, complete }, runner, signal) {
      const calls = callsOf(message.content);
      const repeated = repeatsIds(calls);
      const text = redact(textOf(message.content));
      // A reply whose call could not be read has no end; whatever it was, the call comes first.
      const stop = complete ? message.stop_reason : "tool_use";
      if (stop === "pause_turn") return null;
      if (stop === "refusal") return { kind: "declined", text };
      if (stop === "model_context_window_exceeded") return { kind: "cut-off" };
      if (stop === "max_tokens")
        return ++progress.cutOff > patience.cutOff ? { kind: "cut-off" } : say(nudges.cutOff);
      if (stop === "end_turn" && calls.length === 0) return { kind: "done", text };
      if (stop !== "tool_use" && stop !== "end_turn") return { kind: "unknown-stop", stop: String(stop) };

      const faults = hands.faults(message, rawInputs);
      const malformed = !complete || repeated || faults.size > 0 || calls.length === 0;
      progress.malformed = malformed ? progress.malformed + 1 : 0;
      if (progress.malformed > patience.malformed) return { kind: "malformed" };
      if (repeated) return say(nudges.repeatedId);
      if (calls.length === 0) return say(nudges.noCall);
      if (complete) return await use(calls, faults, runner, signal);
      addUser(history, [], nudges.notRunBesideBrokenCall, faults);
      return null;
    },
  };
}
