import type { Block, MessagesRequest } from "./script.ts";

/** What the Messages API would refuse this request for (a 400), or null. The sentences are close to its own. */
export function refusal(request: MessagesRequest): string | null {
  if (typeof request.model !== "string") return "model: Field required";
  if (!(Number.isInteger(request.max_tokens) && request.max_tokens > 0)) return "max_tokens: Field required";
  if (!Array.isArray(request.messages) || request.messages.length === 0)
    return "messages: at least one message is required";
  const marked = countMarkers([request.tools, request.system, request.messages]);
  if (marked > 4) return `A maximum of 4 blocks with cache_control may be provided. Found ${marked}.`;
  return refusedRoles(request) ?? refusedBlocks(request) ?? refusedCalls(request);
}

export function blocksOf(content: string | readonly Block[]): readonly Block[] {
  return typeof content === "string" ? [{ type: "text", text: content }] : content;
}

function countMarkers(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = "cache_control" in value && value.cache_control ? 1 : 0;
  return Object.values(value).reduce((sum: number, part) => sum + countMarkers(part), own);
}

function refusedRoles({ messages }: MessagesRequest): string | null {
  for (const [i, { role }] of messages.entries()) {
    const expected = i % 2 === 0 ? "user" : "assistant";
    if (role !== expected)
      return `messages.${i}: roles must alternate between "user" and "assistant", found "${role}"`;
  }
  return null;
}

function refusedBlocks({ messages }: MessagesRequest): string | null {
  for (const [i, { content }] of messages.entries()) {
    if (content.length === 0) return `messages.${i}: all messages must have non-empty content`;
    const blank = blocksOf(content).some((block) => block.type === "text" && !String(block.text).trim());
    if (blank) return `messages.${i}: text content blocks must contain non-whitespace text`;
  }
  return null;
}

function refusedCalls({ messages }: MessagesRequest): string | null {
  const seen = new Set<unknown>();
  for (const [i, { content }] of messages.entries()) {
    const calls = blocksOf(content).filter((block) => block.type === "tool_use");
    for (const { id, input } of calls) {
      if (seen.has(id)) return `messages.${i}: \`tool_use\` ids must be unique`;
      if (typeof input !== "object" || input === null) return `messages.${i}: tool_use.input: not an object`;
      seen.add(id);
    }
    const next = messages[i + 1];
    const results = next ? blocksOf(next.content).filter((block) => block.type === "tool_result") : [];
    const answered = new Set(results.map((block) => block.tool_use_id));
    const open = calls.find((call) => !answered.has(call.id));
    if (open)
      return `messages.${i}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.id}`;
    const stray = results.find((block) => !calls.some((call) => call.id === block.tool_use_id));
    if (stray)
      return `messages.${i + 1}: unexpected \`tool_use_id\` in \`tool_result\`: ${stray.tool_use_id}`;
  }
  return null;
}
