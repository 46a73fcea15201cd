import { join } from "node:path";
import { defaultModel, openLiveModel } from "./agent/live-model.ts";
import { openRecordedModel } from "./agent/recorded-model.ts";
import type { OperatorConfig } from "./config/types.ts";
import type { GitHubAccess } from "./github/access.ts";
import { stickyComment } from "./github/sticky-comment.ts";
import { type Job, numberOf } from "./job/job.ts";
import type { Emit } from "./log/events.ts";
import { Problem } from "./log/problem.ts";
import { passes } from "./log/problems.ts";
import type { Redact } from "./log/redact.ts";
import { outcomeComment } from "./report/comment.ts";
import { outcomeJson } from "./report/json.ts";
import type { Draft, Outcome } from "./report/outcome.ts";
import { admit } from "./run/admit.ts";
import { type DraftRequest, writeDraft } from "./run/draft.ts";
import { follow } from "./run/follow.ts";
import { requireNothingHidden } from "./run/hidden-text.ts";
import { publishRun } from "./run/publish-run.ts";
import { headerOf, openRecord, runId } from "./run/record.ts";
import { recordedRequest, requestFor } from "./run/request.ts";
import { stoppedBy } from "./run/stopped.ts";
import type { Sandbox } from "./sandbox/sandbox.ts";
import { openBaselines } from "./verify/baselines.ts";
import { fetchRepository } from "./workspace/fetch-repository.ts";

/** What every run of this process shares. */
export interface House {
  readonly operator: OperatorConfig;
  readonly apiKey: string;
  readonly sandbox: Sandbox;
  readonly redact: Redact;
  /** Milliseconds between two updates of the comment; default 10 s. */
  readonly commentPause?: number;
}

export interface RunOptions {
  readonly access: GitHubAccess;
  readonly house: House;
  readonly emit: Emit;
  readonly signal?: AbortSignal;
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
  const say = dryRun ? async () => {} : stickyComment(access, numberOf(job));
  // Thrown, a run has said its last word too: no "working" may come after it.
  await using following = follow(
    (text) => say(house.redact(text)),
    house.operator.limits.usd,
    house.commentPause,
  );
  const emit: Emit = (event) => {
    options.emit(event);
    following.emit(event);
  };
  const outcome = await work(job, { ...options, emit }).catch((error: unknown) =>
    stoppedBy(error, null, options.signal),
  );
  await following.finish(outcomeComment(outcome));
  return outcome;
}

async function work(job: Job, options: RunOptions): Promise<Outcome> {
  const { access, house, emit, signal, dryRun = false } = options;
  const { operator, redact, sandbox } = house;
  const stop = signal === undefined ? {} : { signal };

  emit({ type: "step", step: "fetching" });
  const admission = await admit(job, access);
  if (admission.isPublic && sandbox.name === "none") throw new Problem("sandbox-none-public");
  const tip = await fetchRepository({
    ...{ remoteUrl: access.remoteUrl, token: () => access.token(), name: job.repository },
    ...{ cacheDir: join(operator.dataDir, "cache"), branch: admission.defaultBranch, ...stop },
  });

  const folder = join(operator.dataDir, "runs", runId(job));
  await using record = await openRecord(folder, redact);
  const { journal } = record;
  const fresh = await requestFor({ ...admission, nonce: runId(job) }, tip, operator);
  const resumed = await recordedRequest(fresh, record.recorded);
  if (resumed === null) journal.takeOver();
  const request = resumed ?? fresh;
  await requireNothingHidden(request, access);
  const { attempt = 0 } = admission.pullRequest ?? {};
  if (resumed === null && attempt >= request.limits.attempts)
    throw new Problem("attempts-used-up", { attempts: request.limits.attempts });
  const recorded = resumed === null ? [] : record.recorded;
  const id = options.model ?? request.config.model ?? operator.model ?? defaultModel;
  journal.write({ type: "run", header: headerOf(request, { dir: null, model: id, operator }) });

  const live = openLiveModel({ id, apiKey: house.apiKey, ...baseUrl(operator) });
  const model = openRecordedModel(recorded, { live, onExhausted: () => journal.takeOver() });
  const baselines = openBaselines(join(operator.dataDir, "baselines"));
  const shop = { operator, sandbox, model, baselines, journal, recorded, folder, emit, redact, ...stop };
  const written = await writeDraft(request, shop);
  if (written.kind === "written") await options.keep?.(request, written.draft);
  const outcome = written.kind === "written" && !dryRun ? await publish(written.draft) : written;
  if (!isPassing(outcome)) {
    journal.takeOver();
    journal.write({ type: "outcome", outcome: outcomeJson(outcome) });
  }
  return outcome;

  function publish(draft: Draft): Promise<Outcome> {
    emit({ type: "step", step: "publishing" });
    return publishRun(job, request, draft, { access, sandbox, redact });
  }
}

/** A run that infrastructure stopped is not over: tried again, it goes on from its journal. */
function isPassing(outcome: Outcome): boolean {
  return outcome.kind === "stopped" && passes(outcome.code);
}

const baseUrl = ({ anthropicBaseUrl }: OperatorConfig) =>
  anthropicBaseUrl === undefined ? {} : { baseUrl: anthropicBaseUrl };
