import { effectiveLimits } from "../config/effective-limits.ts";
import type { OperatorConfig } from "../config/types.ts";
import { threadsOf } from "../context/remarks.ts";
import type { GitHubAccess } from "../github/access.ts";
import { textDigest } from "../github/issue.ts";
import type { PullRequest } from "../github/pull-request.ts";
import { readStatus, stickyComment } from "../github/sticky-comment.ts";
import { type Job, numberOf } from "../job/job.ts";
import { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import { inertLine } from "../report/inert.ts";
import type { Notice, Outcome } from "../report/outcome.ts";
import { type Admission, admit, feedbackFor } from "./admit.ts";
import { agreedIn } from "./agreed.ts";
import { lastWord } from "./await-checks.ts";
import { readDraftFile, refused } from "./draft-file/read.ts";
import { rebuild } from "./draft-file/rebuild.ts";
import type { Written } from "./draft-file/schema.ts";
import { mayReplace } from "./nothing-lost.ts";
import { publishDraft } from "./publish-draft.ts";
import { runId } from "./record.ts";
import { stoppedBy } from "./stopped.ts";
import { holdersOf } from "./taken.ts";
import { tellOfChecks } from "./tell-of-checks.ts";
import { leftWaiting, type Waiting, waitingFor, withWaiting } from "./waiting.ts";

export interface PublishFileOptions {
  readonly access: GitHubAccess;
  readonly operator: Pick<OperatorConfig, "dataDir" | "limits" | "repositoryMib">;
  readonly redact: Redact;
  /** Where the draft file is, and the workflow's run that it has to be of. */
  readonly path: string;
  readonly run: string;
}

/**
 * Publishes what another job handed on, or says on the issue why there is nothing to publish. Who asked for what is the
 * job's own knowledge, from GitHub; of the file only what could not be found out anew is believed.
 */
export async function publishFile(job: Job, options: PublishFileOptions): Promise<Outcome> {
  const { access, path, run, redact } = options;
  const say = stickyComment(access, numberOf(job));
  const outcome: Outcome = await readDraftFile(path, { run, key: job.key })
    .then((result): Promise<Outcome> | Outcome => {
      if (result.kind === "nothing") throw refused("it holds no draft");
      if (result.kind === "written" && isPlan(job))
        throw refused("it holds a draft, where a plan was asked for");
      if (result.kind === "written") return publishWritten(job, result, options);
      return result.kind === "unchanged" ? { kind: "unchanged", draft: result.account } : result;
    })
    .catch((error: unknown) => stoppedBy(error, null));
  const waits =
    outcome.kind === "waits" ? leftWaiting(job, outcome.held) : await stillWaits(job, outcome, access);
  const { text, part } = lastWord(job, outcome);
  await say(withWaiting(redact(text), waits), part);
  await tellOfChecks(job, outcome, access, options);
  return outcome;
}

/**
 * Whether another job handed on what somebody has paid for by now, or why there is nothing: then the question of who else has
 * the issue in hand is not asked once more. It was answered, or there was no reason to ask it, before money was spent.
 */
export async function isPaidFor(
  { key }: Job,
  { path, run }: Pick<PublishFileOptions, "path" | "run">,
): Promise<boolean> {
  const result = await readDraftFile(path, { run, key }).catch(() => null);
  return (
    result !== null &&
    result.kind !== "nothing" &&
    !(result.kind === "stopped" && result.code === "issue-taken")
  );
}

/** How a run ended; that there was nothing to correct; or nothing that can be read, as where the job before died. */
export type HandedOn = "end" | "nothing" | "none";

/** What another job handed on to this one. */
export async function handedOn(
  { key }: Job,
  { path, run }: Pick<PublishFileOptions, "path" | "run">,
): Promise<HandedOn> {
  const result = await readDraftFile(path, { run, key }).catch(() => null);
  if (result === null) return "none";
  return result.kind === "nothing" ? "nothing" : "end";
}

const isPlan = ({ request }: Job) => request.kind === "issue" && request.plans !== undefined;

/** What waited stays for whoever goes on after a stop. */
const stillWaits = (job: Job, { kind }: Outcome, access: GitHubAccess): Promise<Waiting | null> =>
  kind === "stopped" ? waitingFor(job, access) : Promise.resolve(null);

async function publishWritten(job: Job, written: Written, options: PublishFileOptions): Promise<Outcome> {
  const { access, operator, redact } = options;
  const before = await admit(job, access);
  const onto = revisedBy(job, before);
  if (written.revises !== onto)
    throw new Problem("revised-moved", { branch: before.pullRequest?.branch ?? "" });
  const remote = { access, operator, redact, branch: before.defaultBranch, onto };
  const { repository, draft, config } = await rebuild(written, remote);
  // The other job took minutes, and fetching and uploading may: what was asked for is held against GitHub before and after.
  const stillWanted = async () => {
    const now = await admit(job, access);
    if (textDigest(now.issue) === written.issueText) return now;
    throw new Problem("issue-changed", { issue: now.issue.number, part: "text" });
  };
  const { issue, pullRequest, htmlUrl, isPublic } = await stillWanted();
  if (isPublic && written.sandbox === "none") throw new Problem("sandbox-none-public");
  const agreed = agreedIn(job, await waitingFor(job, access)) ?? pullRequest?.agreed ?? null;
  const since = await takenSince(job, pullRequest, access);
  const replaces = await mayReplace(job, pullRequest, access);
  // Pushed since the other job looked, nobody has said that it may go.
  if (replaces !== null && replaces !== written.replaces)
    throw new Problem("branch-moved", { branch: pullRequest?.branch ?? "", head: replaces.slice(0, 12) });
  const { attempts } = effectiveLimits(operator.limits, config.limits);
  if ((pullRequest?.made ?? 0) >= attempts) throw new Problem("attempts-used-up", { attempts });
  // What the file names is answered where the pull request has it, unresolved.
  const open = written.revises === null ? [] : threadsOf(await feedbackFor(job, { pullRequest }, access));
  const threads = written.threads.map((thread) => (open.includes(thread) ? thread : 0));
  return publishDraft({
    ...{ access, repository, htmlUrl, issue, agreed, pullRequest, replaces, redact, stillWanted },
    draft: { ...draft, notices: [...draft.notices, ...since] },
    ...{ revises: written.revises, threads, corrects: job.request.kind === "checks" },
    ...{ requestedBy: job.requestedBy.login, run: runId(job), sandbox: written.sandbox, ready: config.ready },
  });
}

/** Who has the issue in hand, but for what whoever approved was asked about. */
async function takenSince(
  job: Job,
  pullRequest: PullRequest | null,
  access: GitHubAccess,
): Promise<readonly Notice[]> {
  const holders = await holdersOf(job, pullRequest, access);
  const asked = holders.length === 0 ? "" : await readStatus(access, numberOf(job));
  const held = holders.filter((holder) => !asked.includes(inertLine(holder))).join("; ");
  return held === "" ? [] : [{ kind: "taken-since", held }];
}

/** The commit that a change has to be on top of: the pull request's, where the job revises or corrects it. */
const revisedBy = ({ request }: Job, { pullRequest }: Admission): string | null =>
  request.kind === "revise" || request.kind === "checks" ? (pullRequest?.headSha ?? null) : null;
