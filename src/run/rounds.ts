import type { Session, TurnEnd } from "../agent/types.ts";
import { correctRules, nothingChanged, takeOutSecrets, tryAgain } from "../context/follow-up.ts";
import { Problem } from "../log/problem.ts";
import type { ProblemCode } from "../log/problems.ts";
import type { Notice } from "../report/outcome.ts";
import { reviewed } from "../review/reviewed.ts";
import type { Toolbox } from "../sandbox/tool.ts";
import { remarksMessage } from "../second-look/prompt.ts";
import type { Looked, SecondLook } from "../second-look/second-look.ts";
import { feedback } from "../verify/feedback.ts";
import { verifyLimits } from "../verify/options.ts";
import type { Finding, Verification } from "../verify/types.ts";
import { worth } from "../verify/verdict.ts";
import { changeSince } from "../workspace/change-since.ts";
import { changesBetween } from "../workspace/changes-between.ts";
import { snapshot } from "../workspace/snapshot.ts";
import { treeWith } from "../workspace/tree-with.ts";
import type { DraftRequest, Workshop } from "./draft.ts";
import { openedPath } from "./opened-path.ts";
import { prove } from "./prove.ts";
import { requireNoForms, searchChange } from "./search-change.ts";
import type { Start } from "./start.ts";

export interface RoundsOptions {
  readonly request: DraftRequest;
  readonly shop: Workshop;
  readonly session: Session;
  /** null: switched off. */
  readonly secondLook: SecondLook | null;
  readonly toolbox: Toolbox;
  readonly workspace: string;
  readonly scratch: string;
  readonly start: Start;
  /** The snapshot right after setup. */
  readonly before: string;
  readonly task: string;
}

export interface RoundsResult {
  /** null: the model changed nothing. */
  readonly verification: Verification | null;
  readonly summary: string;
  readonly end: TurnEnd;
  /** How many verifications there were. */
  readonly rounds: number;
  readonly notices: readonly Notice[];
}

/**
 * The model works, the controller verifies, and what does not hold goes back to the model while rounds and budget last.
 * Ends with the best state that was reached.
 */
export async function inRounds(options: RoundsOptions): Promise<RoundsResult> {
  const { request, shop, session, secondLook } = options;
  let looks = 0;
  const told = new Set<string>();
  const proofs = [...(shop.proofs ?? [])];
  let message = options.task;
  let best: RoundsResult | null = null;
  let rounds = 0;
  for (let left = request.limits.rounds; ; left--) {
    const end = await session.send(message, shop.signal);
    requireWork(end, shop.signal);
    // Nothing of the model's may run on while its work is read.
    await options.toolbox.stop();
    const { tree, notices, opened, secrets } = await changeOf(options);
    const summary = end.kind === "done" ? end.text : (best?.summary ?? "");
    const goesOn = end.kind === "done" && left > 0;
    if (tree === options.start.tree) {
      if (goesOn && best === null) {
        message = nothingChanged;
        continue;
      }
      return best ?? { verification: null, summary, end, rounds, notices };
    }
    if (secrets.length > 0) {
      // A state without them may have been reached before.
      if (!goesOn && best !== null) return { ...best, end };
      if (!goesOn) requireNoForms(secrets);
      message = takeOutSecrets(secrets);
      continue;
    }
    if (looks > 0 && tree === best?.verification?.treeSha) return { ...best, end };
    rounds++;
    const known = proofs.shift();
    const verification =
      known?.treeSha === tree ? known : withOpened(await verifyTree(options, tree), opened.map(openedPath));
    shop.journal.write({ type: "verification", verification: { ...verification } });
    shop.emit({ type: "verdict", round: rounds, verdict: verification.verdict, reason: verification.reason });
    best = better(best, { verification, summary, end, rounds, notices });
    const { verdict } = verification;
    const found = untold(verification.findings, told);
    if (verdict !== "verified" && verdict !== "unverified" && goesOn) {
      message = tryAgain(feedback(verification), found);
      continue;
    }
    if (found.length > 0 && goesOn) {
      message = correctRules(found);
      continue;
    }
    if (secondLook === null || best.verification?.treeSha !== tree) return best;
    shop.emit({ type: "step", step: "looking" });
    const looked = await secondLook.at(verification);
    best = withLook(best, looked, ++looks > 1);
    if (looks > 1 || looked.kind === "not-looked" || looked.findings.length === 0 || !goesOn) return best;
    message = remarksMessage(looked.findings);
  }
}

function withOpened(proof: Verification, opened: readonly Finding[]): Verification {
  return { ...proof, findings: [...opened, ...proof.findings] };
}

/** What review and linters find grave. Each is told once: what the model then leaves is for people to judge. */
function untold(findings: readonly Finding[], told: Set<string>): Finding[] {
  const grave = [
    ...reviewed(findings, "high", "medium"),
    ...findings.filter(({ lint }) => lint?.severity === "error"),
  ];
  const found = grave.filter(({ gate }) => !told.has(gate));
  for (const { gate } of found) told.add(gate);
  return found;
}

/** A state with what the second look found in it, or that there was none. */
function withLook(state: RoundsResult, looked: Looked, again: boolean): RoundsResult {
  const { verification, notices } = state;
  const others = notices.filter(({ kind }) => kind !== "second-look");
  if (looked.kind === "not-looked")
    return { ...state, notices: [...others, { kind: "no-second-look", why: looked.why, again }] };
  if (verification === null) return state;
  const notice: Notice = {
    kind: "second-look",
    found: looked.findings.length,
    dropped: looked.dropped,
    again,
  };
  const findings = [...verification.findings, ...looked.findings];
  return { ...state, verification: { ...verification, findings }, notices: [...others, notice] };
}

/** The better of two states by verdict, then by the review; the later if they are alike. How the work ended is the later's. */
function better(before: RoundsResult | null, now: RoundsResult): RoundsResult {
  const rankOf = ({ verification }: RoundsResult) => {
    if (verification === null) return -1;
    return worth[verification.verdict] - reviewed(verification.findings, "high").length / 100;
  };
  if (before === null || rankOf(before) <= rankOf(now)) return now;
  return { ...before, end: now.end, rounds: now.rounds };
}

async function changeOf({ request, shop, workspace, start, before }: RoundsOptions) {
  const { repository, config } = request;
  await shop.sandbox.adopt(workspace);
  const after = await snapshot(repository, workspace, { since: before });
  const change = await changeSince(repository, {
    base: start.tree,
    before,
    after,
    protection: config,
  });
  const tree = await treeWith(repository, change.tree, start.kept);
  const undone = (await changesBetween(repository, change.tree, tree)).map(({ path }) => path);
  const secrets = await searchChange(repository, tree, { redact: shop.redact, config });
  return {
    tree,
    opened: change.opened,
    secrets,
    notices: [
      ...change.dropped.map((dropped): Notice => ({ kind: "left-out", ...dropped })),
      ...undone.map((path): Notice => ({ kind: "left-out", path, reason: "kept-test" })),
    ],
  };
}

async function verifyTree(options: RoundsOptions, headTree: string) {
  const { request, shop, scratch } = options;
  const { repository, config, limits } = request;
  shop.emit({ type: "step", step: "verifying" });
  return prove({
    ...{ repository, baseTree: repository.tree, headTree, config, scratch },
    ...{ sandbox: shop.sandbox, redact: shop.redact, emit: shop.emit, setupEnv: shop.operator.setupEnv },
    limits: verifyLimits(limits),
    baselines: shop.baselines,
    issueText: `${request.issue.title}\n\n${request.issue.body}`,
    ...(shop.signal === undefined ? {} : { signal: shop.signal }),
  });
}

/** What the model's API or the model itself refused ends the run; what it had written stays in the journal. */
function requireWork(end: TurnEnd, signal: AbortSignal | undefined): void {
  if (end.kind === "declined") throw new Problem("model-declined", { text: end.text.slice(0, 500) });
  if (end.kind === "cancelled") throw signal?.reason ?? new Error("The run was cancelled.");
  if (end.kind !== "api-error") return;
  const code: ProblemCode = `model-${end.problem}`;
  throw new Problem(code, { message: end.message.slice(0, 300) });
}
