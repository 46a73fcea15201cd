import type {
  BetaMessageParam,
  BetaTextBlockParam,
} from "@anthropic-ai/sdk/resources/beta/messages/messages";
import type { Message } from "./history.ts";

/** A point up to which the API caches the request: five minutes, renewed by each use. At most four in a request. */
const marker = { cache_control: { type: "ephemeral" } } as const;

/** The system prompt, with the first breakpoint: tools and system prompt are the same in every request. */
export function systemBlocks(system: string): BetaTextBlockParam[] {
  return [{ type: "text", text: system, ...marker }];
}

/** The repository's context, with the second breakpoint. The user's, because a repository does not give orders. */
export function contextBlocks(context: string): BetaTextBlockParam[] {
  return context.trim() === "" ? [] : [{ type: "text", text: context, ...marker }];
}

/**
 * The history as it is sent: the last two messages of the user end in a breakpoint, the later to be written and the
 * earlier to be read. Nothing else ever changes in a message that was sent: a changed prefix is paid for again, and
 * the API refuses thoughts whose prefix has changed.
 */
export function withBreakpoints(history: readonly Message[]): BetaMessageParam[] {
  const users = history.filter((message) => message.role === "user").slice(-2);
  return history.map((message) => {
    const last = message.content.at(-1);
    if (!users.includes(message) || last === undefined) return message;
    return {
      ...message,
      content: [...message.content.slice(0, -1), { ...last, ...marker }] as typeof message.content,
    };
  });
}
