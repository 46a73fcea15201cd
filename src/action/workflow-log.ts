import { randomUUID } from "node:crypto";
import { endGroup, info, startGroup } from "@actions/core";
import type { Emit } from "../log/events.ts";
import { plain } from "../log/plain.ts";
import type { Redact } from "../log/redact.ts";
import { progressLine } from "../report/comment.ts";

/** The workflow's log. What stands in it is others' text in good part, and a runner reads commands out of a log. */
export interface WorkflowLog {
  /** A group for each step, a line for everything else. */
  readonly emit: Emit;
  /** A group of its own for one text. */
  group(title: string, text: string): void;
  close(): void;
}

/**
 * Text in which a runner finds no command: neither `::name::`, nor the older `##[name]`, which counts anywhere in a
 * line. https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function withoutCommands(text: string): string {
  return plain(text)
    .replace(/:(?=:)/g, ":\u200b")
    .replace(/#(?=#\[)/g, "#\u200b");
}

/** Opens the log. Inside a group the runner is also told to take no commands until a word that nobody else knows. */
export function openLog(redact: Redact): WorkflowLog {
  let resume: string | null = null;
  const close = () => {
    if (resume === null) return;
    info(`::${resume}::`);
    endGroup();
    resume = null;
  };
  const open = (title: string) => {
    close();
    startGroup(withoutCommands(redact(title)));
    resume = randomUUID();
    info(`::stop-commands::${resume}`);
  };
  const print = (text: string) => info(withoutCommands(redact(text)));
  return {
    close,
    emit: (event) => {
      const line = progressLine(event);
      if (line === null) return;
      if (event.type === "step") open(line);
      else print(line);
    },
    group: (title, text) => {
      open(title);
      print(text);
      close();
    },
  };
}
