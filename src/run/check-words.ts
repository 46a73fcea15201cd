import { tellingLines } from "../context/telling-lines.ts";
import type { GitHubAccess } from "../github/access.ts";
import { type CommitCheck, readChecks } from "../github/checks.ts";
import type { FeedbackItem } from "../github/feedback.ts";
import { readAnnotations, readJobLog } from "../github/job-log.ts";
import { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import { isOurs, type ShownCheck } from "../report/pull-request/checks.ts";

/** What each check came to, in the order of the checks. The base is asked only where something is red. */
export async function wordsFor(
  checks: readonly CommitCheck[],
  base: string | null,
  access: GitHubAccess,
): Promise<ShownCheck[]> {
  const red = checks.filter(({ state, flaky }) => state === "red" && !flaky);
  const atBase = red.length > 0 && base !== null ? (await readChecks(access, base)).checks : [];
  const alike =
    ({ name, app }: CommitCheck) =>
    (one: CommitCheck) =>
      one.name === name && one.app === app;
  const wordOf = (check: CommitCheck): ShownCheck["word"] => {
    const { state, flaky } = check;
    if (state === "pending") return "waiting";
    if (flaky) return state === "red" ? "flaky, red now" : "flaky";
    if (state !== "red") return state;
    const before = atBase.filter(alike(check));
    // Of several jobs of one name nobody knows which is which: they are red as before where no more of them are.
    const redBefore = before.filter((one) => one.state === "red").length;
    if (redBefore >= red.filter(alike(check)).length) return "red at the base as well";
    return before.some((one) => one.state === "green") ? "red" : "red, not known at the base";
  };
  return checks.map((check) => ({ name: check.name, app: check.app, word: wordOf(check) }));
}

/** Checks whose words are told, and characters of each: of what it says in short, of its remarks, and at length. */
const mostTold = 5;
const [ofSaid, ofRemarks, ofText] = [3000, 4500, 4500];

/**
 * What the failed checks of a draft say, each as a remark: what jobs printed, else what the check itself says. Of more than
 * five the others are named. Throws `checks-passed` where none is left that has failed.
 */
export async function failuresOf(
  sha: string,
  base: string | null,
  access: GitHubAccess,
  redact: Redact,
): Promise<FeedbackItem[]> {
  const { checks } = await readChecks(access, sha);
  const words = await wordsFor(checks, base, access);
  const failed = checks.flatMap((check, index) => {
    const word = words[index]?.word;
    return word !== undefined && isOurs(word) ? [{ check, isKnown: word === "red" }] : [];
  });
  if (failed.length === 0) throw new Problem("checks-passed", { sha: sha.slice(0, 12) });
  const item = (author: string, body: string, lacks?: FeedbackItem["lacks"]): FeedbackItem => ({
    ...{ kind: "check", author: author.slice(0, 100), path: null, line: null, body: redact(body), at: "" },
    ...(lacks === undefined ? {} : { lacks }),
  });
  const said = [];
  for (const { check, isKnown } of failed.slice(0, mostTold)) {
    const { text, lacks } = await wordsOf(check, access);
    const unknown = isKnown ? "" : "It did not run to an end at the base, and may fail there too.\n";
    said.push(item(check.name, `${unknown}${text || "It says nothing more than that it failed."}`, lacks));
  }
  const others = failed.slice(mostTold).map(({ check }) => check.name.slice(0, 100));
  if (others.length > 0) said.push(item("Others that failed", others.slice(0, 100).join("\n")));
  return said;
}

async function wordsOf(
  { app, id, said, text }: CommitCheck,
  access: GitHubAccess,
): Promise<{ readonly text: string; readonly lacks?: FeedbackItem["lacks"] }> {
  const hasLog = app === "github-actions" && id !== null;
  const log = hasLog ? await readJobLog(access, id) : null;
  if (log !== null) return { text: tellingLines(log) };
  const remarks = id === null ? [] : await readAnnotations(access, id);
  const atLength = text.length > ofText ? tellingLines(text, ofText) : text;
  const own = [said.slice(0, ofSaid), remarks.join("\n").slice(0, ofRemarks), atLength]
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join("\n\n");
  if (hasLog) return { text: `Its log could not be read.\n${own}`, lacks: "log" };
  return own === "" ? { text: "", lacks: "words" } : { text: own };
}
