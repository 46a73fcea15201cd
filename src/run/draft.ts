import { join } from "node:path";
import { openBudget } from "../agent/budget.ts";
import type { Journal, JournalEntry } from "../agent/journal.ts";
import type { Model } from "../agent/model.ts";
import { openRecordedToolbox } from "../agent/recorded-toolbox.ts";
import { openSession } from "../agent/session.ts";
import { isOfOthers } from "../assess/assess.ts";
import type { OperatorConfig, RepositoryConfig, RepositoryLimits } from "../config/types.ts";
import { describeRepository } from "../context/describe-repository.ts";
import { systemPrompt } from "../context/system-prompt.ts";
import { taskMessage } from "../context/task-message.ts";
import type { Agreed } from "../github/agreed.ts";
import type { FeedbackItem } from "../github/feedback.ts";
import type { IssueText } from "../job/job.ts";
import type { Emit } from "../log/events.ts";
import type { Redact } from "../log/redact.ts";
import type { Notice, Outcome } from "../report/outcome.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { toolDefinitions } from "../sandbox/toolbox/definitions.ts";
import { openToolbox } from "../sandbox/toolbox/open-toolbox.ts";
import { added, isOfWriter, oneAfterTheOther, sumOf } from "../second-look/beside-writer.ts";
import { openSecondLook, shares } from "../second-look/second-look.ts";
import type { Baselines } from "../verify/baselines.ts";
import { changedFiles } from "../verify/changed-files.ts";
import { lookAt } from "../verify/look.ts";
import { findPlan } from "../verify/plan/find-plan.ts";
import { setupsOf } from "../verify/plan/plan.ts";
import { homeMount } from "../verify/prepare/home.ts";
import { prepareCheckout } from "../verify/prepare/prepare-checkout.ts";
import type { Verification } from "../verify/types.ts";
import { keepsLfs } from "../workspace/keeps-lfs.ts";
import { snapshot } from "../workspace/snapshot.ts";
import type { Repository } from "../workspace/types.ts";
import { consider } from "./consider.ts";
import type { PreviousAttempt } from "./previous.ts";
import { inRounds } from "./rounds.ts";
import { startOf } from "./start.ts";
import { statedPrice } from "./stated-price.ts";
import { stoppedBy } from "./stopped.ts";

/** What a draft is asked for: the same request and the same replies make the same tree. */
export interface DraftRequest {
  readonly repository: Repository;
  readonly config: RepositoryConfig;
  readonly issue: IssueText;
  readonly guidance: string | null;
  readonly feedback: readonly FeedbackItem[];
  /** The attempt that this one is to be better than. */
  readonly previous: PreviousAttempt | null;
  /** Whether its tests stay, and the source alone is written anew. */
  readonly keepTests: boolean;
  /** The branch's head, where this is one more commit on top of it. */
  readonly revises: string | null;
  /** The branch's head, where it is somebody else's work and may be replaced. */
  readonly replaces: string | null;
  readonly limits: Required<RepositoryLimits>;
  /** What was agreed on before; null: nothing. */
  readonly agreed: Agreed | null;
  /** How the model is to look at the task before the work; null: not at all. */
  readonly assess: "when-unclear" | "always" | "plan" | null;
  /** Whether a second session of the model looks at the change. */
  readonly secondLook: boolean;
  /** Fences the issue's text in the prompt; nobody outside can know it. */
  readonly nonce: string;
}

/** What a draft is made with. */
export interface Workshop {
  readonly operator: Pick<OperatorConfig, "model" | "price" | "setupEnv">;
  readonly sandbox: Sandbox;
  readonly model: Model;
  /** Where suites of bases are kept, at least for the next round. */
  readonly baselines: Baselines;
  readonly journal: Journal;
  /** What is recorded of this very run already, if it is resumed or replayed. */
  readonly recorded: readonly JournalEntry[];
  /** What a run that goes on has proved already, in its order: proved anew, it would be told to the model in other words. */
  readonly proofs?: readonly Verification[];
  /** The time of the run, where not all of it is this process's: milliseconds. */
  readonly now?: () => number;
  /** What is known before the run begins. */
  readonly notices?: readonly Notice[];
  /** A folder of this run's own. */
  readonly folder: string;
  readonly emit: Emit;
  readonly redact: Redact;
  readonly signal?: AbortSignal;
}

/** Context → agent ⇄ verification: from a repository and an issue to a change and its proof. */
export async function writeDraft(
  request: DraftRequest,
  shop: Workshop,
): Promise<Exclude<Outcome, { kind: "drafted" }>> {
  const { repository, config, limits } = request;
  const { sandbox, redact, model, journal } = shop;
  const tell: Emit = (event) => {
    journal.write({ type: "event", event: { ...event } });
    shop.emit(event);
  };
  const stop = shop.signal === undefined ? {} : { signal: shop.signal };
  const workspace = join(shop.folder, "workspace");
  const home = join(shop.folder, "home");
  const scratch = join(shop.folder, "scratch");
  const notices: Notice[] = [...(shop.notices ?? [])];
  const price = statedPrice(model.id, shop.operator, config);

  const start = await startOf(request);
  const toolchain = await findPlan(await lookAt(repository, repository.tree), config, null);
  const described = describeRepository({ repository, toolchain, issue: request.issue });
  // Beside what comes before; a failure is told where the description is waited for.
  described.catch(() => {});
  const considered = await consider(request, { ...shop, emit: tell }, async () => (await described).text);
  if (considered.end !== null) return considered.end;
  notices.push(...considered.notices);
  const { spent: looked } = considered;
  const emit = looked === null ? tell : added(tell, () => looked);
  if (toolchain.setup !== null) emit({ type: "step", step: "installing", detail: toolchain.setup });
  const setup = { setupMs: limits.setupMinutes * 60_000, setupEnv: shop.operator.setupEnv };
  const place = { repository, tree: start.tree, folder: workspace, home, scratch };
  const prepared = await prepareCheckout({
    ...place,
    setups: setupsOf(toolchain.parts),
    sandbox,
    network: config.network,
    ...setup,
    ...stop,
  });
  if (await keepsLfs(repository, repository.tree)) notices.push({ kind: "lfs-pointers" });
  if (!prepared.ready) notices.push({ kind: "setup-failed" });
  const before = await snapshot(repository, workspace);

  emit({ type: "step", step: "reading" });
  const tools = await openToolbox({ sandbox, folder: workspace, mounts: [homeMount(home)], ...stop });
  await using toolbox = openRecordedToolbox(
    tools,
    shop.recorded.filter((entry) => isOfWriter(entry) && isOfOthers(entry)),
  );
  const context = await described;
  const task = taskMessage({ ...request, keptTests: start.kept.map(({ path }) => path) });
  const seen = [...task.seen, ...context.seen].map((text) => ({ ...text, where: redact(text.where) }));
  const hidden = seen.filter(({ removed }) => removed.length > 0);
  notices.push(...hidden.map(({ where, removed }): Notice => ({ kind: "hidden-text", where, removed })));
  const left = { ...limits, usd: limits.usd - (looked?.usd ?? 0) };
  const part = request.secondLook ? shares(left) : { writer: left, look: left };
  const now = shop.now === undefined ? {} : { now: shop.now };
  const budget = openBudget({ model: model.id, limits: part.writer, ...price, ...now });
  if (!budget.priced) notices.push({ kind: "price-unknown", model: model.id });
  const session = openSession({
    ...{ model, budget, journal, toolbox, emit, redact, context: context.text, tools: toolDefinitions },
    system: systemPrompt(),
  });

  const secondLook = request.secondLook
    ? openSecondLook({
        ...{
          repository,
          issue: request.issue,
          nonce: request.nonce,
          model,
          journal,
          redact,
          ...price,
          ...now,
          ...stop,
        },
        ...{ limits: part.look, emit: added(emit, () => session.spent) },
      })
    : null;
  const spent = () => {
    const both = secondLook === null ? session.spent : sumOf(session.spent, secondLook.spent);
    return looked === null ? both : oneAfterTheOther(looked, both);
  };

  emit({ type: "step", step: "writing" });
  const plan = {
    request,
    shop: { ...shop, emit },
    session,
    secondLook,
    toolbox,
    workspace,
    scratch,
    start,
    before,
    task: task.text,
  };
  const stopped = (error: unknown) => stoppedBy(error, spent(), shop.signal);
  const result = await inRounds(plan).catch(stopped);
  if ("kind" in result) return result;
  const account = {
    ...{ summary: redact(result.summary), end: result.end, rounds: result.rounds, spent: spent() },
    ...{ model: model.id, modelKind: model.kind, notices: [...notices, ...result.notices], seen },
  };
  const { verification } = result;
  if (verification === null) return { kind: "unchanged", draft: account };
  const changes = await changedFiles(repository, verification.baseTreeSha, verification.treeSha).catch(
    stopped,
  );
  if ("kind" in changes) return changes;
  return { kind: "written", draft: { ...account, verification, changes } };
}
