import { assessPrompt } from "../assess/prompt.ts";
import { secondLookPrompt } from "../second-look/prompt.ts";
import { guidance } from "./issue.ts";
import type { MessagesRequest, ScriptedReply } from "./messages-api.ts";
import { firstAttempt, secondAttempt } from "./recorded-replies.ts";

/** The second look of the record finds nothing. Written by hand, as the rest. */
const lookedAt = ({ messages }: MessagesRequest): ScriptedReply =>
  messages.at(-1)?.role === "user" && messages.length === 1
    ? { text: "I have read the difference.", tools: [{ name: "report", input: { remarks: [] } }] }
    : { text: "Nothing to report." };

/** What it makes of the issue, before: nothing is open. */
const assessed = ({ messages }: MessagesRequest): ScriptedReply =>
  messages.length === 1
    ? {
        text: "I have read the issue.",
        tools: [
          {
            name: "assess",
            input: {
              open: false,
              reason: "The issue says what goes in and what has to come out.",
              ...{ questions: [], files: [], tests: [], risks: [], lines: 40, parts: [] },
            },
          },
        ],
      }
    : { text: "It can begin." };

/** Answers a request with the record's next reply: the second attempt is the one whose task holds the guidance. */
export function recordedScript(request: MessagesRequest): ScriptedReply {
  const system = JSON.stringify(request.system);
  if (system.includes(secondLookPrompt.slice(0, 60))) return lookedAt(request);
  if (system.includes(assessPrompt.slice(0, 60))) return assessed(request);
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
