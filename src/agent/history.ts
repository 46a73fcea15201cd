import type {
  BetaContentBlock,
  BetaContentBlockParam,
  BetaTextBlockParam,
  BetaToolResultBlockParam,
} from "@anthropic-ai/sdk/resources/beta/messages/messages";

/** One message of the linear history. The oldest is the user's, and the roles alternate. */
export interface Message {
  readonly role: "user" | "assistant";
  readonly content: BetaContentBlockParam[];
}

export type UserBlock = BetaTextBlockParam | BetaToolResultBlockParam;

export const textBlock = (text: string): BetaTextBlockParam => ({ type: "text", text });

/**
 * Appends to the user's side. Every call of the last reply that `blocks` leaves open is answered with an error first, as
 * the API asks for: with `faults` by the call's id, else with `otherwise`.
 */
export function addUser(
  history: Message[],
  blocks: readonly UserBlock[],
  otherwise: string,
  faults: ReadonlyMap<string, string> = new Map(),
): void {
  const last = history.at(-1);
  if (last?.role === "user") {
    // The reply between the two could not be kept.
    last.content.push(...blocks);
    return;
  }
  const answered = new Set(blocks.map((block) => block.type === "tool_result" && block.tool_use_id));
  const open = callsOf(last?.content ?? []).filter((call) => !answered.has(call.id));
  const refusals = open.map(({ id }): UserBlock => {
    return { type: "tool_result", tool_use_id: id, content: faults.get(id) ?? otherwise, is_error: true };
  });
  history.push({ role: "user", content: [...refusals, ...blocks] });
}

/**
 * Appends a reply. A reply that goes on from a paused one is the same message. What the API would not take back is left
 * out: blank texts, a call with the id of another, and a reply of nothing but thoughts.
 */
export function addReply(history: Message[], content: readonly BetaContentBlock[]): void {
  const ids = new Set(history.flatMap((message) => callsOf(message.content)).map((call) => call.id));
  const kept = plain<BetaContentBlockParam[]>(content).filter((block) => {
    if (block.type === "text") return block.text.trim() !== "";
    return block.type !== "tool_use" || ids.size < ids.add(block.id).size;
  });
  if (kept.every((block) => block.type === "thinking" || block.type === "redacted_thinking")) return;
  const last = history.at(-1);
  if (last?.role === "assistant") last.content.push(...kept);
  else history.push({ role: "assistant", content: kept });
}

/** A copy as plain JSON: the stream's own objects compute their inputs on reading. */
export function plain<T>(value: unknown): T {
  return JSON.parse(JSON.stringify(value));
}

/** One `tool_use` block, of a reply or of the history. */
export interface Call {
  readonly type: "tool_use";
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

export function callsOf(content: readonly (BetaContentBlock | BetaContentBlockParam)[]): Call[] {
  return content.filter((block) => block.type === "tool_use");
}

export function textOf(content: readonly BetaContentBlock[]): string {
  return content
    .flatMap((block) => (block.type === "text" ? [block.text] : []))
    .join("\n")
    .trim();
}
