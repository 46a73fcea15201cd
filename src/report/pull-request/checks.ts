import { count } from "../figures.ts";
import { cell, inertLine } from "../inert.ts";

/** What a check of the repository came to, with why where that is known. */
export interface ShownCheck {
  readonly name: string;
  readonly app: string | null;
  readonly word: (typeof words)[number];
}

/** From what is to be looked at first. */
const words = [
  "red",
  "red, not known at the base",
  "flaky, red now",
  "stopped",
  "waiting",
  "red at the base as well",
  "flaky",
  "neutral",
  "skipped",
  "green",
] as const;

/** Whether a check is red, and not known to be so without the draft. */
export const isOurs = (word: ShownCheck["word"]): boolean =>
  word === "red" || word === "red, not known at the base";

export interface ShownChecks {
  readonly sha: string;
  readonly checks: readonly ShownCheck[];
  /** What could not be read for want of a right, and what there is too much of to be read. */
  readonly unread: readonly string[];
  readonly cut: readonly string[];
  /** Corrections by now, and how many there may be. */
  readonly rounds: { readonly made: number; readonly most: number };
  /** Whether one is made now. */
  readonly goesOn: boolean;
  /** Why the correction of this very head ended without a commit, in one line; null: it did not. */
  readonly failed: string | null;
  /** The attempt that is the correction of this very head, where another is shown; null: there is none. */
  readonly beside: number | null;
  /** So many minutes were waited for what has not ended; null: the last one has just ended. */
  readonly waited: number | null;
  /** Whether there is anything that could report here: workflows, or checks of the base. */
  readonly expected: boolean;
  /** Why it was not marked as ready for review, though the configuration asks for it. */
  readonly notReady: string | null;
  /** What is wrong with the repository's configuration, which says what is to be done; null: nothing. */
  readonly unreadable: string | null;
}

const mostRows = 30;
const heading = "### Checks of this repository";

/** The part of a pull request's text that says what the repository's own checks came to on its head. */
export function checksPart(shown: ShownChecks): string {
  const { sha, checks, unread, cut, failed, beside, notReady, unreadable } = shown;
  const rows = checks
    .toSorted((left, right) => words.indexOf(left.word) - words.indexOf(right.word))
    .slice(0, mostRows)
    .map(({ name, app, word }) => `| ${cell(name)} | ${app === null ? "status" : cell(app)} | ${word} |`);
  const parts = [
    heading,
    `At \`${sha.slice(0, 12)}\`: ${stateSentence(shown)}`,
    failed === null ? besideLine(beside) : failedLine(failed),
    rows.length === 0 ? "" : ["| check | by | state |", "|---|---|---|", ...rows].join("\n"),
    checks.length > mostRows ? `And ${checks.length - mostRows} more.` : "",
    checks.some(({ word }) => word.startsWith("flaky"))
      ? "Flaky: it failed and passed on this very commit."
      : "",
    unread.length === 0 ? "" : `Not read, for want of a right: ${unread.join(", ")}.`,
    unreadable === null
      ? ""
      : `Nothing is corrected or marked as ready for review before this is mended: ${inertLine(unreadable, 300)}`,
    cut.length === 0 ? "" : `Not read, since there are more than 1,000: the rest of the ${cut.join(", ")}.`,
    notReady === null ? "" : `Not marked as ready for review: ${inertLine(notReady, 300)}`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function stateSentence(shown: ShownChecks): string {
  const { checks, unread, waited, expected } = shown;
  const of = (word: ShownCheck["word"]) => checks.filter((check) => check.word === word).length;
  const minutes = count(waited ?? 0, "minute");
  if (checks.length === 0 && unread.length > 0) return `**none** could be read within ${minutes}.`;
  if (checks.length === 0)
    return expected
      ? `**none was started** within ${minutes}. That is so where no workflow listens to pull requests, where they wait for somebody's approval, or where they are switched off. What comes later is heard all the same.`
      : `**none** within ${minutes}: this repository has no workflows, and its base has no checks.`;
  if (of("waiting") > 0) {
    const still = `**not all ended**: ${of("waiting")} of ${count(checks.length, "check")} still ran`;
    return waited === null
      ? `${still} when its correction ended; what ends later is heard all the same.`
      : `${still} after ${minutes}. Nothing more is waited for by the clock; what ends later is heard all the same.`;
  }
  if (checks.some(({ word }) => isOurs(word))) return redSentence(shown, of("red"));
  if (of("flaky, red now") > 0)
    return `**flaky**: ${count(of("flaky, red now"), "check")} failed last, and passed on this very commit before: run it again.`;
  if (of("red at the base as well") > 0) return "**red at the base as well**, and nothing else is.";
  if (of("stopped") > 0) return "**not all ended**: some were stopped or wait for a person.";
  if (!isAllRead(shown)) return "**not all read**, and what was read is not red.";
  return isGreen(shown) ? "**green**." : "**none passed**: all were skipped or neutral.";
}

function redSentence(
  { checks, rounds, goesOn, failed, beside, unreadable }: ShownChecks,
  known: number,
): string {
  const unknown = checks.filter(({ word }) => isOurs(word)).length - known;
  const parts = [
    ...(known > 0 ? [`${count(known, "check")} that did not fail at the base`] : []),
    ...(unknown > 0 ? [`${count(unknown, "check")} that did not run to an end at the base`] : []),
  ];
  const what = `**red**: ${parts.join(", and ")}.`;
  if (goesOn)
    return `${what} One more commit is being written, correction ${rounds.made + 1} of at most ${rounds.most}.`;
  if (failed !== null || beside !== null || unreadable !== null)
    return `${what} Comment \`/revise\` for another commit.`;
  return rounds.most === 0
    ? `${what} Nothing is corrected by itself here (\`limits.ciRounds\`).`
    : `${what} After ${count(rounds.made, "correction")} of at most ${rounds.most} nothing more is tried: comment \`/revise\`.`;
}

type Read = Pick<ShownChecks, "checks" | "unread" | "cut">;

export const isAllRead = ({ unread, cut }: Read): boolean => unread.length === 0 && cut.length === 0;

/** Whether all checks are known, none of them says no, and one at least says yes. */
export function isGreen(read: Read): boolean {
  const has = (...any: ShownCheck["word"][]) => read.checks.some(({ word }) => any.includes(word));
  const fine: readonly ShownCheck["word"][] = ["green", "flaky", "skipped", "neutral"];
  return isAllRead(read) && has("green", "flaky") && read.checks.every(({ word }) => fine.includes(word));
}

const failedStart = "Its correction ended without a commit: ";
const besideLine = (attempt: number | null) =>
  attempt === null
    ? ""
    : `Its correction is attempt ${attempt}, which is kept beside it; no other is tried of this commit.`;
const failedLine = (why: string) => `${failedStart}${inertLine(why, 300)}`;

/** Why the correction of this head ended without a commit, as a part of ours says; null: it says no such thing. */
export function failedIn(part: string | null, sha: string): string | null {
  if (part === null || !part.includes(`\nAt \`${sha.slice(0, 12)}\`: `)) return null;
  const line = part.split("\n").find((one) => one.startsWith(failedStart));
  return line?.slice(failedStart.length) ?? null;
}

/** The part while checks are waited for, at most so many minutes; null for 0: nobody waits. */
export const waitsPart = (sha: string, minutes: number): string | null =>
  minutes === 0
    ? null
    : `${heading}\n\nAt \`${sha.slice(0, 12)}\`: **waiting**. What they come to is said here when all have ended, or after ${count(minutes, "minute")}.`;

/** Where workflows did not start because of whose token the branch was written with. */
export const notStarted = `${heading}

**Did not start**: the branch was written with the workflow's own \`GITHUB_TOKEN\`, and GitHub starts no workflows for that. To have them, give the Action the token of a GitHub App or a personal one as \`github-token\`; for this time, close the pull request and open it again.`;

/** Where it was to be marked as ready for review at once, and was not. */
export const notMarked = (why: string, above: string | null): string =>
  `${above ?? heading}\n\nNot marked as ready for review: ${inertLine(why, 300)}`;
