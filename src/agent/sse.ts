/** A finished reply as the Messages API would have streamed it. */
export interface StreamedMessage {
  readonly id: string;
  readonly model: string;
  readonly content: readonly Readonly<Record<string, unknown>>[];
  readonly stop_reason: string | null;
  readonly usage: Readonly<Record<string, unknown>>;
}

/** The text of a tool call's input where it is not what `JSON.stringify` would make of it, by the call's id. */
export type RawInputs = Readonly<Record<string, string>>;

/**
 * The reply as server-sent events, one string each, in the order and shape of
 * https://platform.claude.com/docs/en/build-with-claude/streaming: texts and inputs come in several pieces.
 */
export function* sseEvents(message: StreamedMessage, rawInputs: RawInputs = {}): Generator<string> {
  const start = { ...message, type: "message", role: "assistant", content: [], stop_reason: null };
  const usage = { ...message.usage, output_tokens: 1 };
  yield sseEvent("message_start", { message: { ...start, stop_sequence: null, usage } });
  yield sseEvent("ping", {});
  for (const [index, block] of message.content.entries()) {
    const { empty, deltas } = taken(block, rawInputs);
    yield sseEvent("content_block_start", { index, content_block: empty });
    for (const delta of deltas) yield sseEvent("content_block_delta", { index, delta });
    yield sseEvent("content_block_stop", { index });
  }
  const delta = { stop_reason: message.stop_reason, stop_sequence: null };
  yield sseEvent("message_delta", { delta, usage: message.usage });
  yield sseEvent("message_stop", {});
}

/** One event: its name and its data, which repeats the name as `type`. */
export function sseEvent(type: string, data: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}

function taken(block: Readonly<Record<string, unknown>>, rawInputs: RawInputs) {
  if (block.type === "text") {
    const deltas = pieces(String(block.text)).map((text) => ({ type: "text_delta", text }));
    return { empty: { ...block, text: "" }, deltas };
  }
  if (block.type === "thinking") {
    const deltas: object[] = pieces(String(block.thinking)).map((thinking) => ({
      type: "thinking_delta",
      thinking,
    }));
    deltas.push({ type: "signature_delta", signature: block.signature ?? "" });
    return { empty: { ...block, thinking: "", signature: "" }, deltas };
  }
  if (block.type === "tool_use") {
    const json = rawInputs[String(block.id)] ?? JSON.stringify(block.input);
    const deltas = pieces(json).map((partial_json) => ({ type: "input_json_delta", partial_json }));
    return { empty: { ...block, input: {} }, deltas };
  }
  return { empty: block, deltas: [] };
}

/** Thirds, as a stream would cut them: anywhere. */
function pieces(text: string): string[] {
  const size = Math.max(1, Math.ceil(text.length / 3));
  const count = Math.ceil(text.length / size);
  return Array.from({ length: count }, (_, i) => text.slice(i * size, (i + 1) * size));
}
