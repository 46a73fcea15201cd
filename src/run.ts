import { createHash } from "node:crypto";
import { join } from "node:path";
import { admit } from "./admit.ts";
import { defaultModel, openLiveModel } from "./agent/live-model.ts";
import { openRecordedModel } from "./agent/recorded-model.ts";
import { effectiveLimits } from "./config/effective-limits.ts";
import { parseRepositoryConfig } from "./config/repository-config.ts";
import { configPath, type OperatorConfig } from "./config/types.ts";
import { type DraftRequest, writeDraft } from "./draft.ts";
import { follow } from "./follow.ts";
import type { GitHubAccess } from "./github/access.ts";
import { stickyComment } from "./github/sticky-comment.ts";
import { type Job, numberOf } from "./job/job.ts";
import type { Emit } from "./log/events.ts";
import { problems } from "./log/problems.ts";
import type { Redact } from "./log/redact.ts";
import { publishDraft } from "./publish-draft.ts";
import { headerOf, openRecord, readHeader } from "./record.ts";
import { outcomeComment } from "./report/comment.ts";
import { outcomeJson } from "./report/json.ts";
import type { Outcome } from "./report/outcome.ts";
import type { Sandbox } from "./sandbox/sandbox.ts";
import { stoppedBy } from "./stopped.ts";
import { fetchRepository } from "./workspace/fetch-repository.ts";
import { resolveTree } from "./workspace/open-local-repository.ts";
import { readFile } from "./workspace/read-file.ts";
import { removeAll } from "./workspace/remove-all.ts";
import type { Repository } from "./workspace/types.ts";

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
  /** Everything but what would be written to GitHub. */
  readonly dryRun?: boolean;
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
  const { access, house, emit, signal } = options;
  const { operator, redact, sandbox } = house;
  const stop = signal === undefined ? {} : { signal };

  emit({ type: "step", step: "fetching" });
  const admission = await admit(job, access);
  const repository = await fetchRepository({
    ...{
      remoteUrl: access.remoteUrl,
      token: () => access.token(),
      cacheDir: join(operator.dataDir, "cache"),
    },
    ...{ name: job.repository, branch: admission.defaultBranch, ...stop },
  });
  const folder = join(operator.dataDir, "runs", runId(job));
  const { journal: opened, recorded } = await openRecord(folder, redact);
  using journal = opened;
  const fresh = await requestOf(job, admission, repository, operator);
  const request = (await resumed(fresh, recorded)) ?? fresh;
  const model = request.config.model ?? operator.model ?? defaultModel;
  journal.write({ type: "run", header: headerOf(request, { dir: null, model, operator }) });

  const live = openLiveModel({ id: model, apiKey: house.apiKey, ...baseUrl(operator) });
  const shop = { operator, sandbox, journal, folder, emit, redact, ...stop };
  try {
    const written = await writeDraft(request, {
      ...shop,
      recorded,
      model:
        recorded.length > 0
          ? openRecordedModel(recorded, { live, onExhausted: () => journal.takeOver() })
          : live,
    });
    const publishes = written.kind === "written" && options.dryRun !== true;
    const outcome = publishes ? await published(written.draft) : written;
    if (!isPassing(outcome)) journal.write({ type: "outcome", outcome: outcomeJson(outcome) });
    return outcome;
  } finally {
    await Promise.all(["workspace", "scratch"].map((name) => removeAll(join(folder, name))));
  }

  async function published(draft: Parameters<typeof publishDraft>[0]["draft"]): Promise<Outcome> {
    emit({ type: "step", step: "publishing" });
    // A run takes minutes: whether it may still publish is asked again.
    const { pullRequest } = await admit(job, access);
    const place = { access, repository: request.repository, issue: request.issue, pullRequest };
    return publishDraft({
      ...place,
      draft,
      requestedBy: job.requestedBy.login,
      sandbox: sandbox.name,
      redact,
    });
  }
}

async function requestOf(
  job: Job,
  { issue, guidance, feedback }: Awaited<ReturnType<typeof admit>>,
  repository: Repository,
  operator: OperatorConfig,
): Promise<DraftRequest> {
  const config = parseRepositoryConfig(await readFile(repository, repository.tree, configPath), configPath);
  const limits = effectiveLimits(operator.limits, config.limits);
  return { repository, config, issue, guidance, feedback, limits, nonce: runId(job) };
}

/** The request as it was recorded, if the commit that it was made for is still at hand. */
async function resumed(
  fresh: DraftRequest,
  recorded: Parameters<typeof readHeader>[0],
): Promise<DraftRequest | null> {
  if (recorded.length === 0) return null;
  const { commit, tree, issue, guidance, feedback } = readHeader(recorded, "");
  if ((await resolveTree(fresh.repository, commit)) !== tree) return null;
  return { ...fresh, repository: { ...fresh.repository, commit, tree }, issue, guidance, feedback };
}

/** A run that infrastructure stopped is not over: tried again, it goes on from its journal. */
function isPassing(outcome: Outcome): boolean {
  return outcome.kind === "stopped" && problems[outcome.code].kind === "infrastructure";
}

const baseUrl = ({ anthropicBaseUrl }: OperatorConfig) =>
  anthropicBaseUrl === undefined ? {} : { baseUrl: anthropicBaseUrl };

/** One folder name for one delivery, whatever it is called. */
const runId = (job: Job) =>
  createHash("sha256").update(`${job.key} ${job.deliveryId}`).digest("hex").slice(0, 24);
