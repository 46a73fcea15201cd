import { blocksOf } from "./check.ts";
import type { Block, MessagesRequest, ScriptedUsage } from "./script.ts";

/** The blocks of a request in the order in which they are cached, without their markers; and which were marked. */
interface Prompt {
  readonly blocks: readonly string[];
  /** Blocks up to and with the last marker. */
  readonly cached: number;
}

/**
 * Token counts for a reply: an estimate, one token for four bytes of JSON. What equals the marked prefix of the request
 * before is a cache read, the rest of the marked prefix a cache write; five-minute expiry and minimum sizes are left out.
 */
export function createUsage(): (
  request: MessagesRequest,
  output: readonly Block[],
) => Required<ScriptedUsage> {
  let before: Prompt = { blocks: [], cached: 0 };
  return (request, output) => {
    const prompt = promptOf(request);
    let read = 0;
    while (read < Math.min(before.cached, prompt.cached) && before.blocks[read] === prompt.blocks[read])
      read++;
    before = prompt;
    return {
      input_tokens: tokens(prompt.blocks.slice(prompt.cached)),
      output_tokens: tokens(output.map((block) => JSON.stringify(block))),
      cache_creation_input_tokens: tokens(prompt.blocks.slice(read, prompt.cached)),
      cache_read_input_tokens: tokens(prompt.blocks.slice(0, read)),
    };
  };
}

/** All input tokens of a request, by the same estimate. */
export function inputTokens(request: MessagesRequest): number {
  return tokens(promptOf(request).blocks);
}

function promptOf(request: MessagesRequest): Prompt {
  const blocks = [
    ...(request.tools ?? []),
    ...blocksOf(request.system ?? []),
    ...request.messages.flatMap(({ role, content }) =>
      blocksOf(content).map((block) => ({ role, ...block })),
    ),
  ] as Block[];
  return {
    blocks: blocks.map(({ cache_control, ...block }) => JSON.stringify(block)),
    cached: blocks.findLastIndex((block) => block.cache_control) + 1,
  };
}

function tokens(parts: readonly string[]): number {
  return Math.ceil(parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0) / 4);
}
