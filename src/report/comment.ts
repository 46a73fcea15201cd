import type { Job } from "../job/job.ts";
import type { RunEvent, Step } from "../log/events.ts";
import { count, money, spentLine } from "./figures.ts";
import { code, inert, inertLine } from "./inert.ts";
import type { Outcome } from "./outcome.ts";
import { verdictName, verdictSentence } from "./sentences.ts";
import { waitsComment } from "./waits.ts";

const steps: Record<Step, string> = {
  fetching: "fetching the repository",
  considering: "looking at what the issue leaves open",
  installing: "installing dependencies",
  reading: "reading the repository",
  writing: "writing the change",
  looking: "looking at it a second time",
  verifying: "running the tests",
  publishing: "publishing the draft",
  reporting: "reporting on the pull request",
};

/** The sticky comment while the job waits. */
export function queuedComment({ requestedBy, request }: Pick<Job, "requestedBy" | "request">): string {
  const asked = `${code(requestedBy.login)} asked for ${askedFor(request)}`;
  return `**Queued**: ${asked}. It starts when the repository's turn comes.`;
}

function askedFor(request: Job["request"]): string {
  if (request.kind === "regenerate") return "another attempt";
  if (request.kind === "revise") return "one more commit";
  if (request.kind === "use") return `attempt ${request.attempt ?? ""} to be shown`.replace("  ", " ");
  return request.kind === "issue" && request.plans !== undefined ? "a plan of this" : "a draft of this";
}

/** The note for what somebody asked for and does not get: it changes nothing of what stands above it. */
export function refusedComment({ what, fix }: { readonly what: string; readonly fix: string }): string {
  return `**Not done**: ${inertLine(what)}\n\n${inertLine(fix)}`;
}

/** The last word on a run that was cancelled while it waited. `usd`: what is counted for it; null: nothing. */
export function cancelledComment(
  { what, fix }: { readonly what: string; readonly fix: string },
  usd: number | null,
): string {
  const spent = usd === null ? "nothing was spent" : `at most ${money(usd)} was spent, which counts`;
  return `**Stopped**: ${inertLine(what)}\n\n${inertLine(fix)}\n\nIt was waiting; ${spent}.`;
}

/** How far a run is. */
export interface Progress {
  readonly step: Step;
  readonly turns: number;
  /** null where the model's price is unknown. */
  readonly usd: number | null;
  readonly maxUsd: number;
  /** What was said of it meanwhile. */
  readonly notices: readonly string[];
}

/** The part of a run's limit from which its comment warns. */
const nearLimit = 0.8;

/** The sticky comment while the run works: the step, the money so far, and a warning where little of it is left. */
export function workingComment({ step, turns, usd, maxUsd, notices }: Progress): string {
  const spent = turns === 0 ? "nothing spent yet" : `${money(usd)} of at most ${money(maxUsd)} spent`;
  const part = (usd ?? 0) / maxUsd;
  const near = part < nearLimit ? [] : [`${Math.floor(part * 100)} % of the run's limit is spent.`];
  const remarks = [...near, ...notices.map((text) => inertLine(text))];
  return [`**Working**: ${steps[step]} (${spent}).`, ...remarks.map((text) => `**Note**: ${text}`)].join(
    "\n\n",
  );
}

/** The sticky comment at the end: one for every way a run can end. */
export function outcomeComment(outcome: Outcome): string {
  if (outcome.kind === "drafted") {
    const { draft, pullRequest, attempt, stays, notKept, noCheckRun, noLabel } = outcome;
    const verdict = verdictSentence(draft.verification);
    const head =
      stays === null
        ? [`**Draft**: #${pullRequest.number}, attempt ${attempt}.`, verdict]
        : [
            `**Draft**: #${pullRequest.number} keeps attempt ${stays.attempt}. Attempt ${attempt} came to less, and is kept beside it: ${verdict}`,
            `Comment \`/use ${attempt}\` to have it shown all the same.`,
          ];
    const missing = missingLines({
      "check run": noCheckRun,
      label: noLabel,
      "copy of this attempt": notKept,
    });
    return [...head, ...missing, spentLine(draft.spent)].join("\n\n");
  }
  if (outcome.kind === "shown") {
    const { pullRequest, attempt, verdict, askedBy, noLabel } = outcome;
    const head = `**Draft**: #${pullRequest.number} shows attempt ${attempt} again, as ${code(askedBy)} asked.`;
    return [
      head,
      `**${verdictName[verdict]}**, as it was proved then.`,
      ...missingLines({ label: noLabel }),
    ].join("\n\n");
  }
  if (outcome.kind === "written")
    return `${verdictSentence(outcome.draft.verification)}\n\n${spentLine(outcome.draft.spent)}`;
  if (outcome.kind === "waits") return waitsComment(outcome);
  if (outcome.kind === "unchanged") {
    const words = inertLine(outcome.draft.summary, 1500);
    return `**No change**: the model ended without changing a file, so nothing was published.\n\nIts own words: ${words}\n\n${spentLine(outcome.draft.spent)}`;
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
    case "charged":
      return null;
    case "tool":
      return `  ${event.isError ? "✗" : "·"} ${event.name} ${firstLine(event.summary)}`;
    case "suite":
      return `  ${suites[event.which]}${event.files === undefined ? "" : ` (${count(event.files, "file")} of tests)`}: ${event.passed} passed, ${event.failed} failed`;
    case "verdict":
      return `round ${event.round}: ${event.verdict} (${event.reason})`;
    case "limit":
      return null;
    case "notice":
      return `note: ${event.text}`;
  }
}

const suites = { base: "base", baseWithTests: "base + new tests", head: "result" } as const;

function firstLine(text: string): string {
  const line = text.trim().split("\n", 1)[0] ?? "";
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}
