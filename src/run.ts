import { join } from "node:path";
import { unspent } from "./agent/budget.ts";
import { defaultModel, openLiveModel } from "./agent/live-model.ts";
import { openRecordedModel } from "./agent/recorded-model.ts";
import { openRunClock } from "./agent/run-clock.ts";
import type { OperatorConfig } from "./config/types.ts";
import type { GitHubAccess } from "./github/access.ts";
import { readShownAttempt } from "./github/shown-attempt.ts";
import { stickyComment } from "./github/sticky-comment.ts";
import { type Job, numberOf } from "./job/job.ts";
import type { JournalRows } from "./job/journal-rows.ts";
import type { Later } from "./job/later.ts";
import type { Ledger } from "./job/ledger.ts";
import { type Count, noCount } from "./log/counts.ts";
import type { Emit, RunEvent } from "./log/events.ts";
import { isGone, Problem } from "./log/problem.ts";
import { passes } from "./log/problems.ts";
import type { Redact } from "./log/redact.ts";
import { outcomeJson } from "./report/json.ts";
import type { Draft, Outcome } from "./report/outcome.ts";
import { limitSentence } from "./report/sentences.ts";
import { type Admission, admit, feedbackFor } from "./run/admit.ts";
import { agreedIn, lookIn } from "./run/agreed.ts";
import { lastWord } from "./run/await-checks.ts";
import { failuresOf } from "./run/check-words.ts";
import { requireShown } from "./run/checked.ts";
import { type DraftRequest, writeDraft } from "./run/draft.ts";
import { follow } from "./run/follow.ts";
import { requireNothingHidden } from "./run/hidden-text.ts";
import { mayReplace } from "./run/nothing-lost.ts";
import { previousOf } from "./run/previous.ts";
import { publishRun } from "./run/publish-run.ts";
import { account, funded } from "./run/purse.ts";
import { headerOf, openRecord, proofsIn, recordedCommits, runId } from "./run/record.ts";
import { recordedRequest, requestFor } from "./run/request.ts";
import { type Revision, revisionOf, standingAt } from "./run/revision.ts";
import { stoppedBy } from "./run/stopped.ts";
import { tellOfChecks } from "./run/tell-of-checks.ts";
import { useAttempt } from "./run/use-attempt.ts";
import { leftWaiting, type Waiting, waitingFor, withWaiting } from "./run/waiting.ts";
import { withdraw } from "./run/withdraw.ts";
import type { Sandbox } from "./sandbox/sandbox.ts";
import { openBaselines } from "./verify/baselines.ts";
import { fetchRepository } from "./workspace/fetch-repository.ts";

/** What every run of this process shares. */
export interface House {
  readonly operator: OperatorConfig;
  readonly apiKey: string;
  readonly sandbox: Sandbox;
  readonly redact: Redact;
  /** The money of all runs; absent: each run has its own limit alone. */
  readonly ledger?: Ledger;
  /** Where other machines find what a run had come to; absent: nobody else takes it over. */
  readonly journals?: JournalRows;
  /** Queues a job for later; absent: nobody waits for a repository's own checks. */
  readonly later?: Later | undefined;
  readonly count?: Count;
  /** Milliseconds between two updates of the comment; default 10 s. */
  readonly commentPause?: number;
}

export interface RunOptions {
  readonly access: GitHubAccess;
  readonly house: House;
  readonly emit: Emit;
  readonly signal?: AbortSignal;
  /** Until when an attempt before this one had to wait for GitHub's limit, in ISO 8601. */
  readonly limitedUntil?: string | null;
  /** The model, whatever the repository or the operator prefers. */
  readonly model?: string | undefined;
  /** Everything but what would be written to GitHub. */
  readonly dryRun?: boolean;
  /** Is shown the draft while its repository is at hand, before it is published. */
  readonly keep?: (request: DraftRequest, draft: Draft) => Promise<void>;
}

/** One job from its admission to its pull request. What is expected to go wrong is an outcome, and is said on the issue. */
export async function run(job: Job, options: RunOptions): Promise<Outcome> {
  const { access, house, dryRun = false } = options;
  if (job.request.kind === "use") return useAttempt(job, { access, ...house });
  const say = dryRun ? async () => {} : stickyComment(access, numberOf(job));
  // What waited stays for whoever goes on, until there is more than a stop; while it is not known, no status may replace it.
  let waits: Waiting | null | undefined;
  const goesOnWith = (known: Waiting | null) => {
    waits = known;
  };
  // Thrown, a run has said its last word too: no "working" may come after it.
  await using following = follow(
    (text, part) => say(withWaiting(house.redact(text), waits ?? null), waits === undefined ? "note" : part),
    {
      ...{ maxUsd: house.operator.limits.usd, pause: house.commentPause },
      part: job.request.kind === "checks" ? "correction" : "status",
    },
  );
  const emit: Emit = (event) => {
    options.emit(event);
    following.emit(event);
  };
  const ended = await work(job, { ...options, emit }, goesOnWith).catch((error: unknown) =>
    stoppedBy(error, null, options.signal),
  );
  const outcome: Outcome =
    ended.kind === "waits" ? { ...ended, likely: (await house.ledger?.likely(job)) ?? null } : ended;
  if (outcome.kind !== "stopped")
    goesOnWith(outcome.kind === "waits" ? leftWaiting(job, outcome.held) : null);
  if (!dryRun && outcome.kind === "stopped" && outcome.code === "cancelled") await withdraw(job, access);
  const { text, part } = lastWord(job, outcome);
  await following.finish(text, part).catch((error) => {
    if (!isGone(error)) throw error;
  });
  if (!dryRun && !isPassing(outcome)) await tellOfChecks(job, outcome, access, house);
  // Killed before this, it is repeated from its record, at no cost; after it, there is nothing left to do.
  if (house.ledger !== undefined) await account(house.ledger, job, outcome);
  if (!isPassing(outcome)) await house.journals?.remove(runId(job));
  return outcome;
}

async function work(
  job: Job,
  options: RunOptions,
  goesOnWith: (waits: Waiting | null) => void,
): Promise<Outcome> {
  const { access, house, emit, signal, dryRun = false } = options;
  const { redact, sandbox } = house;
  const { dataDir, repositoryMib: maxMib } = house.operator;
  const stop = signal === undefined ? {} : { signal };

  const waits = await waitingFor(job, access);
  goesOnWith(waits);
  if (options.limitedUntil) emit({ type: "notice", text: limitSentence(options.limitedUntil) });
  emit({ type: "step", step: "fetching" });
  const admission = await admit(job, access);
  if (admission.isPublic && sandbox.name === "none") throw new Problem("sandbox-none-public");
  requireSize(job, admission, maxMib);
  const folder = join(dataDir, "runs", runId(job));
  await using record = await openRecord(folder, redact, house.journals);
  const { pullRequest, guidance } = admission;
  await requireShown(job, pullRequest, access);
  const shown = guidance === null ? null : await readShownAttempt(access, pullRequest);
  const revision = await revisionOf(job, admission, access);
  const tip = await fetchRepository({
    ...{ remoteUrl: access.remoteUrl, token: () => access.token(), name: job.repository },
    ...{ cacheDir: join(dataDir, "cache"), branch: admission.defaultBranch, maxMib, ...stop },
    also: [...recordedCommits(record.recorded), ...commitsOf(shown), ...commitsOf(revision)],
  });
  const { journal } = record;
  const resumed = await recordedRequest(tip, record.recorded, house.operator);
  const operator = resumed?.operator ?? house.operator;
  const { isPublic } = resumed ?? admission;
  const asked = resumed?.request ?? (await anew());
  if (resumed === null) await journal.takeOver();
  await requireNothingHidden(asked, access);
  const { made: attempts = 0 } = pullRequest ?? {};
  if (resumed === null && asked.assess !== "plan" && attempts >= asked.limits.attempts)
    throw new Problem("attempts-used-up", { attempts: asked.limits.attempts });
  const recorded = resumed === null ? [] : record.recorded;
  const preferred = options.model ?? asked.config.model ?? operator.model ?? defaultModel;
  const id = resumed?.operator.model ?? preferred;
  const past = resumed === null ? { unspentSince: record.unspentSince } : ("goes-on" as const);
  const lowered = resumed?.loweredBy ?? null;
  const payer = { ledger: house.ledger, job, model: id, past, loweredBy: lowered, operator, emit };
  const { request, notices, loweredBy } = await funded(asked, payer);
  const about = { dir: null, isPublic, loweredBy, model: id, operator };
  journal.write({ type: "run", header: headerOf(request, about) });

  const { count = noCount } = house;
  const live = openLiveModel({ id, apiKey: house.apiKey, count, ...baseUrl(operator) });
  const { now, goOn } = openRunClock(recorded);
  let paid = false;
  const takeOver = () => {
    // What is repeated from the record was counted when it was paid for.
    paid = true;
    return journal.takeOver();
  };
  const counting: Emit = (event) => {
    if (paid && event.type === "charged") countCharged(count, event);
    emit(event);
  };
  const model = openRecordedModel(recorded, { live, onRepeated: goOn, onExhausted: takeOver });
  const baselines = openBaselines(join(dataDir, "baselines"));
  const made = { operator, sandbox, model, baselines, journal, recorded, folder, now, notices, redact };
  const proofs = proofsIn(recorded);
  const before = resumed === null ? unspent : null;
  const written = await writeDraft(request, { ...made, proofs, emit: counting, ...stop }).catch(
    (error: unknown) => stoppedBy(error, before, signal),
  );
  if (written.kind === "written") await options.keep?.(request, written.draft);
  const outcome = written.kind === "written" && !dryRun ? await publish(written.draft) : written;
  if (!isPassing(outcome)) {
    await journal.takeOver();
    journal.write({ type: "outcome", outcome: outcomeJson(outcome) });
  }
  return outcome;

  async function anew(): Promise<DraftRequest> {
    const replaces = await mayReplace(job, pullRequest, access);
    const previous = await previousOf(shown, tip);
    const from = revision === null ? tip : await standingAt(tip, revision.base);
    const revises = revision?.commit ?? null;
    const { request: asks } = job;
    const look = lookIn(job);
    const agreed = look === "plan" ? null : (agreedIn(job, waits) ?? pullRequest?.agreed ?? null);
    const assess = look === "plan" || (agreed === null && pullRequest === null) ? look : null;
    const feedback =
      asks.kind === "checks"
        ? await failuresOf(asks.sha, revision?.base ?? null, access, redact)
        : await feedbackFor(job, admission, access);
    const asked = { ...admission, feedback, previous, revises, replaces, agreed, assess, nonce: runId(job) };
    return requestFor(asked, from, operator);
  }

  function publish(draft: Draft): Promise<Outcome> {
    emit({ type: "step", step: "publishing" });
    return publishRun(job, request, draft, {
      ...{ access, isPublic, sandbox, redact, signal, later: house.later },
    }).catch((error: unknown) => stoppedBy(error, draft.spent, signal));
  }
}

/** Throws `repository-too-large`: a repository beyond the operator's limit is not fetched at all. */
function requireSize({ repository: { owner, repo } }: Job, { mib: has }: Admission, mib: number): void {
  if (has > mib) throw new Problem("repository-too-large", { repository: `${owner}/${repo}`, has, mib });
}

/** What is to be fetched beside the tip. */
const commitsOf = (one: Revision | null): string[] => (one === null ? [] : [one.commit, one.base]);

function countCharged(count: Count, { usd, tokens }: Extract<RunEvent, { type: "charged" }>): void {
  count("dollars", undefined, usd ?? 0);
  for (const [kind, number] of Object.entries(tokens)) count("tokens", kind, number);
}

/** A run that infrastructure stopped is not over: tried again, it goes on from its journal. */
function isPassing(outcome: Outcome): boolean {
  return outcome.kind === "stopped" && passes(outcome.code);
}

const baseUrl = ({ anthropicBaseUrl }: OperatorConfig) =>
  anthropicBaseUrl === undefined ? {} : { baseUrl: anthropicBaseUrl };
