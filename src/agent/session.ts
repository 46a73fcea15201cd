import type { Emit } from "../log/events.ts";
import { problems } from "../log/problems.ts";
import type { Toolbox } from "../sandbox/tool.ts";
import type { Budget, Reservation } from "./budget.ts";
import { openHands, type ToolDefinition } from "./hands.ts";
import { addReply, addUser, type Message, plain, textBlock, textOf } from "./history.ts";
import type { Journal } from "./journal.ts";
import type { Model } from "./model.ts";
import { nudges } from "./nudges.ts";
import { createReaction } from "./reaction.ts";
import { type Received, type Reply, receive } from "./receive.ts";
import { contextBlocks, systemBlocks, withBreakpoints } from "./request.ts";
import type { Session, TurnEnd } from "./types.ts";
import { chargedSince, createInputEstimate, usageOf } from "./usage.ts";

export interface SessionOptions {
  readonly model: Model;
  readonly system: string;
  /** What the repository is like; sent once, at the head of the first message. */
  readonly context: string;
  readonly tools: readonly ToolDefinition[];
  readonly toolbox: Toolbox;
  readonly budget: Budget;
  readonly journal: Journal;
  readonly emit: Emit;
  readonly redact: (text: string) => string;
}

/** Output tokens that one reply may have, where the budget allows. */
const replyTokens = 16_000;
/** How many replies in a row may break off; those that a resumed run only repeats do not count. */
const lostReplies = 1;

/**
 * A conversation in which the model works with its tools. Each call of the model is one turn of the SDK's tool runner on
 * the whole history; between two turns stand the budget, the journal and the reasons to stop. Throws only when the
 * toolbox breaks, a record runs out or cannot be kept (a `Problem`), and for bugs.
 */
export function openSession(options: SessionOptions): Session {
  const { model, budget, journal, emit, redact } = options;
  const history: Message[] = [];
  const hands = openHands(options.tools, options.toolbox, redact);
  const system = systemBlocks(options.system);
  const estimate = createInputEstimate([system, hands.tools], history);
  const reaction = createReaction({ hands, history, journal, emit, redact });
  let lost = 0;

  if (!budget.priced) {
    const { what } = problems["price-unknown"];
    emit({ type: "notice", text: what({ model: model.id, tokens: budget.limits.outputTokens ?? 0 }) });
  }

  /** One call of the model and of the tools that it asks for. Null: go on. */
  const turn = async (signal: AbortSignal): Promise<TurnEnd | null> => {
    const reservation = budget.reserve(estimate.upperBound(), replyTokens);
    if (reservation.kind === "budget") return reservation;
    const { maxTokens } = reservation;
    journal.write({ type: "request", model: model.id, maxTokens, seconds: budget.spent.seconds });
    await journal.stored();
    const runner = model.client.beta.messages.toolRunner(
      {
        model: model.id,
        system,
        tools: hands.tools,
        messages: withBreakpoints(history),
        max_tokens: maxTokens,
        stream: true,
        // A thread lives on the server, and only on one that has them.
        thread: false,
      },
      { signal },
    );
    for await (const stream of runner) {
      const received = await receive(stream, signal);
      if (received.kind !== "reply") return withoutReply(received, reservation);
      keep(received, reservation);
      await journal.stored();
      return await reaction.to(received, runner, signal);
    }
    throw new Error("The tool runner made no request.");
  };

  /** Tells what `charge` charges. */
  const charging = (charge: () => void): void => {
    const before = budget.spent;
    charge();
    emit({ type: "charged", ...chargedSince(before, budget.spent) });
  };

  const withoutReply = (received: Exclude<Received, Reply>, reservation: Reservation): TurnEnd | null => {
    if (received.kind === "failed" || (received.kind === "aborted" && !received.begun)) {
      reservation.release();
      return received.kind === "failed" ? received.end : { kind: "cancelled" };
    }
    charging(() => reservation.forfeit());
    journal.write({ type: "lost" });
    if (received.kind === "aborted") return { kind: "cancelled" };
    if (received.known) return null;
    return ++lost > lostReplies ? received.end : null;
  };

  const keep = ({ message, rawInputs, complete }: Reply, reservation: Reservation): void => {
    const { id, content, stop_reason, usage } = message;
    const raw = Object.keys(rawInputs).length > 0 ? { rawInputs: { ...rawInputs } } : {};
    const reply = { id, model: message.model, content, stop_reason, usage };
    journal.write({ type: "reply", message: plain(reply), ...raw });
    charging(() => (complete ? reservation.settle(usageOf(message)) : reservation.forfeit()));
    lost = 0;
    addReply(history, content);
    if (complete) estimate.counted(usageOf(message));
    const { turns, usd } = budget.spent;
    emit({ type: "model-turn", turn: turns, usd, text: redact(textOf(content)) });
  };

  /** Turns until one ends it. What the clock aborted ends as the budget's. */
  const work = async (signal: AbortSignal | undefined): Promise<TurnEnd> => {
    let end: TurnEnd | null = null;
    while (end === null) {
      // Anew for each turn: the clock of a resumed run leaps where its record ends.
      const left = budget.millisecondsLeft;
      const clock = left === null ? [] : [AbortSignal.timeout(Math.ceil(left))];
      const either = AbortSignal.any([...clock, ...(signal ? [signal] : [])]);
      end = either.aborted ? { kind: "cancelled" } : await turn(either);
    }
    return end.kind === "cancelled" && !signal?.aborted ? { kind: "budget", limit: "minutes" } : end;
  };

  return {
    async send(text, signal) {
      const message = redact(text);
      journal.write({ type: "sent", text: message });
      lost = 0;
      reaction.reset();
      const context = history.length === 0 ? contextBlocks(redact(options.context)) : [];
      addUser(history, [...context, textBlock(message)], nudges.notRun);
      const end = await work(signal);
      journal.write({ type: "end", end });
      // Else a call that was released would count as lost for whoever goes on by the copy.
      await journal.stored();
      return end;
    },
    get spent() {
      return budget.spent;
    },
  };
}
