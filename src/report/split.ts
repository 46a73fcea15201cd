import { plain } from "../log/plain.ts";
import { count } from "./figures.ts";
import { code, inert } from "./inert.ts";

interface Part {
  readonly title: string;
  readonly body: string;
}

/** The issue that a part of a task becomes. Its title is text on GitHub, its body Markdown in which nothing acts. */
export function partIssue(
  { title, body }: Part,
  about: { readonly index: number; readonly of: number; readonly issue: number; readonly askedBy: string },
): Part {
  const { index, of, issue, askedBy } = about;
  const from = `Part ${index + 1} of ${of} of #${issue}, as a model proposed it and ${code(askedBy)} asked for it. Read it before you label it: it is a proposal.`;
  // A title may name people, but calls nobody.
  return { title: plain(title).replace(/\s+/g, " ").trim(), body: `${inert(body)}\n\n${from}` };
}

/** How the comment on an issue that was split begins. */
export const splitWord = "**Split** into ";

/** That comment. */
export function splitComment(numbers: readonly number[], askedBy: string): string {
  const list = numbers.map((number) => `- [ ] #${number}`).join("\n");
  return `${splitWord}${count(numbers.length, "smaller issue")}, as ${code(askedBy)} asked:\n\n${list}\n\nLabel them one after the other; a merged one is what the next begins from.`;
}
