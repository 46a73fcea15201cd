import { effectiveLimits } from "../config/effective-limits.ts";
import { parseRepositoryConfig } from "../config/repository-config.ts";
import { configPath, type OperatorConfig, type RepositoryConfig } from "../config/types.ts";
import { tellingLines } from "../context/telling-lines.ts";
import type { GitHubAccess } from "../github/access.ts";
import { readAttempts } from "../github/attempts.ts";
import { type CommitCheck, readChecks } from "../github/checks.ts";
import { readConfigFile } from "../github/config-file.ts";
import { orProblem } from "../github/errors.ts";
import type { FeedbackItem } from "../github/feedback.ts";
import { readAnnotations, readJobLog } from "../github/job-log.ts";
import { branchFor, findPullRequest, isOwn, type PullRequest } from "../github/pull-request.ts";
import type { Job } from "../job/job.ts";
import { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import { checksPart, type ShownCheck } from "../report/pull-request/checks.ts";
import { writePart } from "./after-publication.ts";
import { settleReady } from "./settle-ready.ts";

/** As a trailer, in each commit that corrects what checks found: how often that was tried stands on GitHub alone. */
const correction = /^Firstdraft-Checks: /m;

/**
 * What the repository's own checks say of our draft's head, said in the pull request, and marked as ready for review where
 * that is due. `accepted`: some are red because of the draft, and a correction may be tried; else a stable word. `redact` is null where the token may only
 * read: there nothing is said, and nothing marked.
 */
export async function lookAtChecks(
  job: Job,
  access: GitHubAccess,
  {
    operator,
    redact,
    busy,
  }: { readonly operator: OperatorConfig; readonly redact: Redact | null; readonly busy: boolean },
): Promise<"accepted" | string> {
  const pullRequest = await checkedPullRequest(job, access);
  if (pullRequest === null || !isHead(job, pullRequest)) return "not-our-head";
  const { headSha: sha, number } = pullRequest;
  const { checks, unread } = await readChecks(access, sha);
  const attempt = (await readAttempts(access, pullRequest.issue ?? 0)).find(({ commit }) => commit === sha);
  const words = await wordsFor(checks, attempt?.base ?? null, access);
  const config = await configOf(access);
  // It is said where somebody asks for something.
  if (config === null) return "config-invalid";
  const most = effectiveLimits(operator.limits, config.limits).ciRounds;
  const made = await corrections(access, pullRequest);
  const has = (word: ShownCheck["word"]) => words.some((one) => one.word === word);
  const isOver = words.length > 0 && !has("waiting");
  const goesOn = isOver && has("red") && made < most && !busy;
  const isGreen =
    isOver && unread.length === 0 && words.every(({ word }) => word === "green" || word === "flaky");
  const isDue = isGreen && attempt?.verdict === "verified";
  // What is said while some still run would be another text at each event.
  if (!isOver) return words.length === 0 ? "no-checks" : "waiting";
  if (redact === null) return goesOn ? "accepted" : isGreen ? "green" : "not-green";
  const why = config.ready === "ci-green" ? await settleReady(access, number, isDue) : null;
  const part = checksPart({ sha, checks: words, unread, rounds: { made, most }, goesOn, notReady: why });
  await writePart(access, number, redact(part));
  return goesOn ? "accepted" : isGreen ? "green" : "not-green";
}

async function configOf(access: GitHubAccess): Promise<RepositoryConfig | null> {
  try {
    return parseRepositoryConfig(await readConfigFile(access), configPath);
  } catch (error) {
    if (error instanceof Problem && error.code === "config-invalid") return null;
    throw error;
  }
}

/** Whether a draft's head is still the commit that a job's checks are of, and ours: else they are somebody else's matter. */
export const isHead = ({ request }: Pick<Job, "request">, { headSha, publishedHead }: PullRequest): boolean =>
  request.kind === "checks" && headSha === request.sha && publishedHead === request.sha;

/** The draft that a job's checks are of; null: it is closed, or none of ours. */
export async function checkedPullRequest(
  { request }: Pick<Job, "request">,
  access: GitHubAccess,
): Promise<PullRequest | null> {
  if (request.kind !== "checks") return null;
  const found = await findPullRequest(access, branchFor(request.number));
  return found !== null && isOwn(access, found) && found.issue === request.number ? found : null;
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

/** In the order of the checks. The base is asked only where something is red. */
async function wordsFor(
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

function corrections({ octokit, repository }: GitHubAccess, { base, headSha }: PullRequest): Promise<number> {
  return orProblem({ repository }, async () => {
    const range = { basehead: `${base.branch}...${headSha}`, per_page: 100 };
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ ...repository, ...range });
    return data.commits.filter(({ commit }) => correction.test(commit.message)).length;
  });
}
