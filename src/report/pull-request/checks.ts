import { count } from "../figures.ts";
import { cell, inertLine } from "../inert.ts";

/** What a check of the repository came to, with why where that is known. */
export interface ShownCheck {
  readonly name: string;
  readonly app: string | null;
  readonly word: "waiting" | "green" | "flaky" | "red at the base as well" | "red" | "stopped";
}

export interface ShownChecks {
  readonly sha: string;
  readonly checks: readonly ShownCheck[];
  readonly unread: readonly string[];
  /** Corrections by now, and how many there may be. */
  readonly rounds: { readonly made: number; readonly most: number };
  /** Whether one is made now. */
  readonly goesOn: boolean;
  /** Why it was not marked as ready for review, though the configuration asks for it. */
  readonly notReady: string | null;
}

const mostRows = 30;
const heading = "### Checks of this repository";

/** The part of a pull request's text that says what the repository's own checks came to on its head. */
export function checksPart(shown: ShownChecks): string {
  const { sha, checks, unread, notReady } = shown;
  const rows = checks
    .slice(0, mostRows)
    .map(({ name, app, word }) => `| ${cell(name)} | ${app === null ? "status" : cell(app)} | ${word} |`);
  const parts = [
    heading,
    `At \`${sha.slice(0, 12)}\`: ${stateSentence(shown)}`,
    rows.length === 0 ? "" : ["| check | by | state |", "|---|---|---|", ...rows].join("\n"),
    checks.length > mostRows ? `And ${checks.length - mostRows} more.` : "",
    checks.some(({ word }) => word === "flaky") ? "Flaky: it failed and passed on this very commit." : "",
    unread.length === 0 ? "" : `Not read, for want of a right: ${unread.join(", ")}.`,
    notReady === null ? "" : `Not marked as ready for review: ${inertLine(notReady, 300)}`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function stateSentence({ checks, rounds, goesOn }: ShownChecks): string {
  const of = (word: ShownCheck["word"]) => checks.filter((check) => check.word === word).length;
  const red = of("red");
  if (checks.length === 0) return "**none** was reported.";
  if (of("waiting") > 0) return `**waiting** for ${count(of("waiting"), "check")}.`;
  if (red > 0) {
    const what = `**red**: ${count(red, "check")} that did not fail at the base.`;
    if (goesOn)
      return `${what} One more commit is being written, correction ${rounds.made + 1} of at most ${rounds.most}.`;
    return rounds.most === 0
      ? `${what} Nothing is corrected by itself here (\`limits.ciRounds\`).`
      : `${what} After ${count(rounds.made, "correction")} of at most ${rounds.most} nothing more is tried: comment \`/revise\`.`;
  }
  if (of("red at the base as well") > 0) return "**red at the base as well**, and nothing else is.";
  if (of("stopped") > 0) return "**not all ended**: some were stopped or wait for a person.";
  return "**green**.";
}

/** Where workflows did not start because of whose token the branch was written with. */
export const notStarted = `${heading}

**Did not start**: the branch was written with the workflow's own \`GITHUB_TOKEN\`, and GitHub starts no workflows for that. To have them, give the Action the token of a GitHub App or a personal one as \`github-token\`; for this time, close the pull request and open it again.`;

/** Where it was to be marked as ready for review at once, and was not. */
export const notMarked = (why: string): string =>
  `${heading}\n\nNot marked as ready for review: ${inertLine(why, 300)}`;
