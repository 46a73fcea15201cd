import Anthropic, { type Middleware } from "@anthropic-ai/sdk";
import { Problem } from "../log/problem.ts";
import type { JournalEntry } from "./journal-entry.ts";
import type { Model } from "./model.ts";
import { type RawInputs, type StreamedMessage, sseEvents } from "./sse.ts";

export interface RecordedOptions {
  /** Default: the model that the record was made with. */
  readonly id?: string;
  /** Goes on where the record ends: a run is resumed. Without it the record's end is a `journal-exhausted` problem. */
  readonly live?: Model;
  /** Called once, as the last reply of the record is given. */
  readonly onRepeated?: () => void;
  /** Called once, before the first call that the record does not answer; also where it was lost with its process. */
  readonly onExhausted?: () => void | Promise<void>;
}

/** A reply of which a resumed run knows from its record that it was lost. It costs, but says nothing of the network now. */
export class KnownLoss extends Error {}

/** What the record has for one call of the model. */
type Answer =
  | { readonly kind: "reply"; readonly message: StreamedMessage; readonly rawInputs: RawInputs }
  /** `inFlight`: with its process, so that nobody has charged it yet. */
  | { readonly kind: "lost"; readonly inFlight: boolean }
  | { readonly kind: "error"; readonly status: number | null; readonly message: string };

/** A model that gives the replies of a journal again: the same client and the same loop, without the network. */
export function openRecordedModel(entries: readonly JournalEntry[], options: RecordedOptions = {}): Model {
  const { live, onRepeated, onExhausted } = options;
  const answers = answersOf(entries, live !== undefined);
  const replies = answers.length;
  let exhausted = false;

  const play: Middleware = async (request, next) => {
    const answer = answers.shift();
    if (answer && answers.length === 0) onRepeated?.();
    const isNew = answer === undefined || (answer.kind === "lost" && answer.inFlight);
    const isFirst = isNew && !exhausted;
    exhausted ||= isNew;
    if (isFirst) await onExhausted?.();
    if (answer) return respond(answer, live !== undefined);
    if (live) return next(request);
    throw new Problem("journal-exhausted", { replies });
  };

  const recorded = entries.find((entry) => entry.type === "request");
  const id = options.id ?? live?.id ?? recorded?.model ?? "recorded";
  const original = live?.client ?? neverAsked();
  const client = original.withOptions({ middleware: [play, ...original.middleware] });
  // A reply that is only repeated is no call of the model: it has no span.
  const repeating = client.withOptions({ openTelemetry: false });
  return {
    ...{ id, kind: live ? live.kind : "recorded" },
    get client() {
      return answers.length > 0 ? repeating : client;
    },
  };
}

/** Where there is nothing but the record, which answers or throws. */
const neverAsked = (): Anthropic =>
  new Anthropic({
    ...{ apiKey: "recorded", baseURL: "http://recorded.invalid" },
    ...{ maxRetries: 0, logLevel: "off", openTelemetry: false },
  });

/** How many calls of a record were or may have been billed: what a resumed run does not pay for again. */
export const billedCalls = (entries: readonly JournalEntry[]): number => answersOf(entries, true).length;

/**
 * A call that has no answer in the record because the process was killed may have been billed: it counts as lost, once
 * the run goes on. An API error that ended the recorded run happens again in a replay, and is tried anew in a resumed run.
 */
function answersOf(entries: readonly JournalEntry[], resuming: boolean): Answer[] {
  const answers: Answer[] = [];
  let open = false;
  for (const entry of entries) {
    if (entry.type === "request") open = true;
    else if (entry.type === "reply") {
      answers.push({ kind: "reply", message: entry.message, rawInputs: entry.rawInputs ?? {} });
      open = false;
    } else if (entry.type === "lost") {
      answers.push({ kind: "lost", inFlight: false });
      open = false;
    } else if (entry.type === "end") {
      if (!resuming && open && entry.end.kind === "api-error") answers.push(errorOf(entry.end));
      open = false;
    }
  }
  if (resuming && open) answers.push({ kind: "lost", inFlight: true });
  return answers;
}

function errorOf(end: Readonly<Record<string, unknown>>): Answer {
  const status = typeof end.status === "number" ? end.status : null;
  return { kind: "error", status, message: String(end.message ?? end.kind) };
}

function respond(answer: Answer, resuming: boolean): Response {
  const headers = { "content-type": "text/event-stream", "x-should-retry": "false" };
  if (answer.kind === "reply")
    return new Response([...sseEvents(answer.message, answer.rawInputs)].join(""), { headers });
  if (answer.kind === "lost") return new Response(brokenOff(resuming), { headers });
  if (answer.status === null) throw new Anthropic.APIConnectionError({ message: answer.message });
  const body = { type: "error", error: { type: "recorded", message: answer.message } };
  return new Response(JSON.stringify(body), {
    status: answer.status,
    headers: { "x-should-retry": "false" },
  });
}

/** The body of a reply that ends before it began. */
function brokenOff(resuming: boolean): ReadableStream<Uint8Array> {
  const error = resuming ? new KnownLoss() : new TypeError("recorded as lost");
  return new ReadableStream({ start: (controller) => controller.error(error) });
}
