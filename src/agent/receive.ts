import type { BetaMessageStream } from "@anthropic-ai/sdk/lib/BetaMessageStream";
import type { BetaMessage } from "@anthropic-ai/sdk/resources/beta/messages/messages";
import { Problem } from "../log/problem.ts";
import { type ApiErrorEnd, apiErrorEnd } from "./api-error.ts";
import { callsOf } from "./history.ts";
import { KnownLoss } from "./recorded-model.ts";
import type { RawInputs } from "./sse.ts";

export interface Reply {
  readonly kind: "reply";
  readonly message: BetaMessage;
  /** Inputs of tool calls that are not JSON, as they came. */
  readonly rawInputs: RawInputs;
  /** False where such an input made the SDK give up on the rest, the token counts included. */
  readonly complete: boolean;
}

/** What came of one call of the model. */
export type Received =
  | Reply
  /** It began and broke off; `known` says whether that is only repeated from the record of a resumed run. */
  | { readonly kind: "lost"; readonly end: ApiErrorEnd; readonly known: boolean }
  | { readonly kind: "failed"; readonly end: ApiErrorEnd }
  /** The signal aborted it; `begun` says whether the reply had begun. */
  | { readonly kind: "aborted"; readonly begun: boolean };

/** Waits for the reply. Throws only problems and bugs. */
export async function receive(stream: BetaMessageStream, signal: AbortSignal): Promise<Received> {
  const inputs = new Map<number, string>();
  stream.on("streamEvent", (event) => {
    if (event.type !== "content_block_delta" || event.delta.type !== "input_json_delta") return;
    inputs.set(event.index, (inputs.get(event.index) ?? "") + event.delta.partial_json);
  });
  try {
    const message = await stream.finalMessage();
    return { kind: "reply", message, rawInputs: unreadable(message, inputs), complete: true };
  } catch (error) {
    const begun = stream.response !== null && stream.response !== undefined;
    if (signal.aborted) return { kind: "aborted", begun };
    if (!(error instanceof Error)) throw error;
    if (error.cause instanceof Problem) throw error.cause;
    const message = stream.currentMessage;
    // The SDK's only sign of it, in the pinned version.
    if (message && error.message.startsWith("Unable to parse tool parameter JSON"))
      return { kind: "reply", message, rawInputs: unreadable(message, inputs), complete: false };
    if (!begun) return { kind: "failed", end: apiErrorEnd(error) };
    return { kind: "lost", end: brokenOff(error), known: error.cause instanceof KnownLoss };
  }
}

/** The SDK completes unfinished JSON by guessing; a guessed command must not run. */
function unreadable(message: BetaMessage, inputs: ReadonlyMap<number, string>): RawInputs {
  const broken: Record<string, string> = {};
  for (const [index, text] of inputs) {
    const [call] = callsOf(message.content.slice(index, index + 1));
    if (call && text !== "" && !isJson(text)) broken[call.id] = text;
  }
  return broken;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // The answer, not an error.
    return false;
  }
}

/** An `error` event names its kind; a broken connection is the network's. */
function brokenOff(error: Error): ApiErrorEnd {
  if ("type" in error && typeof error.type === "string") return apiErrorEnd(error);
  return {
    kind: "api-error",
    problem: "unreachable",
    status: null,
    message: `The reply broke off: ${error.message}`,
  };
}
