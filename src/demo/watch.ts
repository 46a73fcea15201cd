import { setTimeout as delay } from "node:timers/promises";
import type { Person } from "./github/types.ts";

export interface Watch {
  /** Shows what the bot's comment says, as it changes, until it names the draft of this attempt. Returns its number. */
  untilDraft(number: number, attempt: number): Promise<number>;
}

const longest = 15 * 60 * 1000;

/** Watches as a person would: by reading the comments. */
export function openWatch(person: Person, repository: string, say: (line: string) => void): Watch {
  return {
    async untilDraft(number, attempt) {
      const until = Date.now() + longest;
      let shown = "";
      while (Date.now() < until) {
        const { body } = await person.request("GET", `/repos/${repository}/issues/${number}/comments`);
        const texts = (body as { body: string; user: { login: string } }[]).filter(({ user }) =>
          user.login.endsWith("[bot]"),
        );
        const text = texts.map((comment) => comment.body.replace(/<!--.*?-->/g, "").trim()).join("\n");
        if (text !== shown) say(`  ${text.split("\n")[0]}`);
        shown = text;
        const draft = /^\*\*Draft\*\*: #(\d+), attempt (\d+)/m.exec(text);
        if (draft !== null && Number(draft[2]) === attempt) return Number(draft[1]);
        if (/^\*\*(Stopped|No change)\*\*/m.test(text)) throw new Error(text);
        await delay(200);
      }
      throw new Error("There was no draft within 15 minutes.");
    },
  };
}
