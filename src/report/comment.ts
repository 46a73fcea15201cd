import type { RunEvent, Step } from "../log/events.ts";
import { count, money, spentLine } from "./figures.ts";
import { code, inert, inertLine } from "./inert.ts";
import type { Outcome } from "./outcome.ts";
import { verdictSentence } from "./sentences.ts";

const steps: Record<Step, string> = {
  fetching: "fetching the repository",
  installing: "installing dependencies",
  reading: "reading the repository",
  writing: "writing the change",
  looking: "looking at it a second time",
  verifying: "running the tests",
  publishing: "publishing the draft",
  reporting: "reporting on the pull request",
};

/** The sticky comment while the job waits. */
export function queuedComment(requestedBy: string): string {
  return `**Queued**: ${code(requestedBy)} asked for a draft of this. It starts when the repository's turn comes.`;
}

/** The sticky comment while the run works: the step, and the money so far. */
export function workingComment(step: Step, usd: number | null, turns: number, maxUsd: number): string {
  const spent = turns === 0 ? "nothing spent yet" : `${money(usd)} of at most ${money(maxUsd)} spent`;
  return `**Working**: ${steps[step]} (${spent}).`;
}

/** The sticky comment at the end: one for every way a run can end. */
export function outcomeComment(outcome: Outcome): string {
  if (outcome.kind === "drafted") {
    const { draft, pullRequest, noCheckRun, noLabel } = outcome;
    const head = `**Draft**: #${pullRequest.number}, attempt ${outcome.attempt}.`;
    const missing = missingLines({ "check run": noCheckRun, label: noLabel });
    return [head, verdictSentence(draft.verification), ...missing, spentLine(draft.spent)].join("\n\n");
  }
  if (outcome.kind === "written")
    return `${verdictSentence(outcome.draft.verification)}\n\n${spentLine(outcome.draft.spent)}`;
  if (outcome.kind === "unchanged") {
    const words = inertLine(outcome.draft.summary, 1500);
    return `**No change**: the model ended without changing a file, so there is no pull request.\n\nIts own words: ${words}\n\n${spentLine(outcome.draft.spent)}`;
  }
  const spent = outcome.spent === null || outcome.spent.turns === 0 ? "" : `\n\n${spentLine(outcome.spent)}`;
  // In one line each: what another job hands on must not look like a verdict.
  return `**Stopped**: ${inertLine(outcome.what)}\n\n${inertLine(outcome.fix)}${spent}`;
}

/** One sentence for each thing that could not be shown, by its name, with the reason. */
export function missingLines(reasons: Readonly<Record<string, string | null>>): string[] {
  return Object.entries(reasons).flatMap(([thing, reason]) =>
    reason === null ? [] : [`There is no ${thing}: ${inert(reason, 300)}`],
  );
}

/** One line of progress for a screen or a log, or null for what is not worth a line. */
export function progressLine(event: RunEvent): string | null {
  switch (event.type) {
    case "step":
      return `${steps[event.step]}${event.detail === undefined ? "" : `: ${event.detail}`}`;
    case "model-turn":
      return `turn ${event.turn} (${money(event.usd)})${event.text === "" ? "" : `: ${firstLine(event.text)}`}`;
    case "tool":
      return `  ${event.isError ? "✗" : "·"} ${event.name} ${firstLine(event.summary)}`;
    case "suite":
      return `  ${suites[event.which]}${event.files === undefined ? "" : ` (${count(event.files, "file")} of tests)`}: ${event.passed} passed, ${event.failed} failed`;
    case "verdict":
      return `round ${event.round}: ${event.verdict} (${event.reason})`;
    case "notice":
      return `note: ${event.text}`;
  }
}

const suites = { base: "base", baseWithTests: "base + new tests", head: "result" } as const;

function firstLine(text: string): string {
  const line = text.trim().split("\n", 1)[0] ?? "";
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}
