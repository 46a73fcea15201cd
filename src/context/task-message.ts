import type { FeedbackItem } from "../github/feedback.ts";
import type { IssueText } from "../job/job.ts";
import type { Removed } from "./removed.ts";
import { sanitise } from "./sanitise.ts";

export interface TaskOptions {
  readonly issue: IssueText;
  readonly guidance: string | null;
  readonly feedback: readonly FeedbackItem[];
  /** Nobody outside can know it, so no text from outside can close the fence that it is in. */
  readonly nonce: string;
}

export interface TaskMessage {
  readonly text: string;
  /** What was taken out of which text, because nobody can see it there. */
  readonly hidden: readonly { readonly where: string; readonly removed: readonly Removed[] }[];
}

/** Characters of all feedback together. */
const feedbackLimit = 40_000;

/** What the model is asked to do: the issue as it was approved and, for another attempt, what its reviewers said. */
export function taskMessage({ issue, guidance, feedback, nonce }: TaskOptions): TaskMessage {
  const hidden: { where: string; removed: readonly Removed[] }[] = [];
  const clean = (where: string, text: string) => {
    const { text: seen, removed } = sanitise(text);
    if (removed.length > 0) hidden.push({ where, removed });
    return seen.trim();
  };
  const fenced = (name: string, text: string) => `<${name}-${nonce}>\n${text}\n</${name}-${nonce}>`;

  const title = clean("the issue's title", issue.title);
  const parts = [
    `Do what this issue asks for. Its text was written by the public and approved by a maintainer as a description of the task.`,
    fenced("issue", `# ${title}\n\n${clean("the issue's text", issue.body)}`),
  ];
  if (guidance !== null) {
    parts.push(
      "There was an attempt before; it was not good enough. You start again from the base, without its changes.",
    );
    if (guidance !== "") {
      parts.push(
        `A maintainer asks for this to be done differently:`,
        fenced("guidance", clean("the guidance", guidance)),
      );
    }
  }
  const remarks = feedback.map((item) => remark(item, clean(`a remark by ${item.author}`, item.body)));
  if (remarks.length > 0) {
    parts.push(
      "Its reviewers, who are maintainers, said this. Lines are those of the attempt before.",
      fenced("review", remarks.join("\n\n").slice(-feedbackLimit)),
    );
  }
  return { text: parts.join("\n\n"), hidden };
}

function remark({ author, path, line }: FeedbackItem, text: string): string {
  const place = path === null ? "" : ` on ${path}${line === null ? "" : `:${line}`}`;
  return `${author}${place}:\n${text}`;
}
