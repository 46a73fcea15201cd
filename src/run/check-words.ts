import { tellingLines } from "../context/telling-lines.ts";
import type { GitHubAccess } from "../github/access.ts";
import { type CommitCheck, readChecks } from "../github/checks.ts";
import type { FeedbackItem } from "../github/feedback.ts";
import { readAnnotations, readJobLog } from "../github/job-log.ts";
import type { Redact } from "../log/redact.ts";
import type { ShownCheck } from "../report/pull-request/checks.ts";

/** What each check came to, in the order of the checks. The base is asked only where something is red. */
export async function wordsFor(
  checks: readonly CommitCheck[],
  base: string | null,
  access: GitHubAccess,
): Promise<ShownCheck[]> {
  const anyRed = checks.some(({ state, flaky }) => state === "red" && !flaky);
  const atBase = anyRed && base !== null ? (await readChecks(access, base)).checks : [];
  const wordOf = ({ name, app, state, flaky }: CommitCheck): ShownCheck["word"] => {
    if (state === "pending") return "waiting";
    if (flaky) return "flaky";
    if (state !== "red") return state;
    const before = atBase.some((one) => one.name === name && one.app === app && one.state === "red");
    return before ? "red at the base as well" : "red";
  };
  return checks.map((check) => ({ name: check.name, app: check.app, word: wordOf(check) }));
}

/** What the failed checks of a draft say, each as a remark: what jobs printed, else what the check itself says. */
export async function failuresOf(
  sha: string,
  base: string | null,
  access: GitHubAccess,
  redact: Redact,
): Promise<FeedbackItem[]> {
  const { checks } = await readChecks(access, sha);
  const words = await wordsFor(checks, base, access);
  const failed = checks.filter((_, index) => words[index]?.word === "red").slice(0, 5);
  const said = [];
  for (const { name, app, id, said: own } of failed) {
    const log = app === "github-actions" && id !== null ? await readJobLog(access, id) : null;
    const remarks = id === null ? [] : await readAnnotations(access, id);
    const text =
      log === null ? [own.slice(0, 6000), ...remarks].join("\n").slice(0, 12_000) : tellingLines(log);
    const body = redact(text.trim() || "It says nothing more than that it failed.");
    said.push({ kind: "check" as const, author: name.slice(0, 100), path: null, line: null, body, at: "" });
  }
  return said;
}
