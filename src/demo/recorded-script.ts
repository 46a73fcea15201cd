import { guidance } from "./issue.ts";
import type { MessagesRequest, ScriptedReply } from "./messages-api.ts";
import { firstAttempt, secondAttempt } from "./recorded-replies.ts";

/** Answers a request with the record's next reply: the second attempt is the one whose task holds the guidance. */
export function recordedScript(request: MessagesRequest): ScriptedReply {
  const task = JSON.stringify(request.messages[0]);
  const record = task.includes(guidance) ? secondAttempt : firstAttempt;
  const said = request.messages.filter(({ role }) => role === "assistant").length;
  const reply = record[said];
  if (reply === undefined) throw new Error("The demo's record has no further reply.");
  return {
    text: reply.text,
    ...(reply.tools === undefined ? {} : { tools: reply.tools.map((tool) => ({ ...tool })) }),
  };
}
