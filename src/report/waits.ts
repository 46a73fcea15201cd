import type { Likely } from "../job/ledger.ts";
import { count, money, spentLine } from "./figures.ts";
import { code, inertLine } from "./inert.ts";
import type { Held, Outcome } from "./outcome.ts";

type Waits = Extract<Outcome, { kind: "waits" }>;

/** The comment of a run that waits to be told how to go on: what was found, and how to answer. */
export function waitsComment(outcome: Waits): string {
  const { held, lines, likely, spent } = outcome;
  const parts = { answers: questions, plan, split }[held.for](held, lines, likely);
  return [...parts, spentLine(spent)].join("\n\n");
}

/** The same in one line, for an annotation. */
export function waitsLine({ held }: Waits): string {
  const { questions, parts } = held.assessment;
  if (held.for === "plan") return "There is a plan; the comment on the issue has it.";
  if (held.for === "split")
    return `The task is too large for one pull request; ${count(parts.length, "smaller issue")} are proposed on the issue.`;
  return `Nothing was drafted: ${count(questions.length, "question")} on the issue first.`;
}

function questions({ assessment }: Held): string[] {
  const { reason, questions } = assessment;
  if (questions.length === 0)
    return [
      `**Question**: is this to be drafted as it stands? The model finds nothing left open: ${inertLine(reason)}`,
      "Comment `/approve`, with what to mind if anything, and it is; that takes write access.",
    ];
  const items = questions.map(
    ({ question, proposal }, index) =>
      `${index + 1}. ${inertLine(question)}\n   Proposed: ${inertLine(proposal)}`,
  );
  return [
    `**Questions**: the issue leaves open what is expected. ${inertLine(reason)}`,
    items.join("\n"),
    "Comment `/approve` to have it drafted as proposed, or answer in a comment that begins with the number of a question, as `1.`; what it leaves out is done as proposed. Either takes write access.",
  ];
}

function plan({ assessment }: Held, _: number, likely: Likely | null): string[] {
  const { reason, open, questions, files, tests, risks, lines } = assessment;
  const asked = questions.map(
    ({ question, proposal }) => `${inertLine(question)} Proposed: ${inertLine(proposal)}`,
  );
  return [
    `**Plan**: about ${count(lines, "line")}, tests included. ${open ? "The issue leaves something open" : "The issue leaves nothing open"}: ${inertLine(reason)}`,
    ...list(
      "Files",
      files.map((path) => code(path)),
    ),
    ...list(
      "What tests have to show",
      tests.map((text) => inertLine(text)),
    ),
    ...list(
      "Risks",
      risks.map((text) => inertLine(text)),
    ),
    ...list("Open questions", asked),
    `Likely cost: ${costOf(likely)}`,
    "Comment `/approve`, with what to do differently if anything, or add the label, and it is drafted; that takes write access.",
  ];
}

function split({ assessment }: Held, most: number): string[] {
  const { lines, parts, reason } = assessment;
  const items = parts.map(({ title, body }) => `- [ ] ${inertLine(title)}\n  ${inertLine(body)}`);
  return [
    `**Too large**: about ${count(lines, "line")} are expected, and this repository wants at most ${most} in one pull request. ${inertLine(reason)}`,
    "It can be broken into smaller issues:",
    items.join("\n"),
    "Comment `/split` to have these issues made, or `/approve` to have it drafted in one all the same; either takes write access.",
  ];
}

const list = (name: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : [`${name}:\n\n${items.map((item) => `- ${item}`).join("\n")}`];

function costOf(likely: Likely | null): string {
  if (likely === null) return "not known; no draft of this repository is on record here.";
  const { runs, least, median, most } = likely;
  if (runs === 1) return `the one draft of this repository on record cost ${money(median)}.`;
  return `${runs} drafts of this repository cost ${money(least)} to ${money(most)}, half of them at most ${money(median)}.`;
}
