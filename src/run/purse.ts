import { priceOf } from "../agent/prices.ts";
import type { OperatorConfig } from "../config/types.ts";
import type { Job } from "../job/job.ts";
import type { Ledger, Past, Purse } from "../job/ledger.ts";
import type { Emit } from "../log/events.ts";
import { Problem } from "../log/problem.ts";
import { passes } from "../log/problems.ts";
import { money } from "../report/figures.ts";
import { shared } from "../report/notices.ts";
import type { Notice, Outcome } from "../report/outcome.ts";
import type { DraftRequest } from "./draft.ts";
import { runId } from "./record.ts";
import { statedPrice } from "./stated-price.ts";

/** A request with the dollars that are its, and what its reader has to know of them. */
export interface Funded {
  readonly request: DraftRequest;
  readonly notices: readonly Notice[];
  readonly loweredBy: Purse | null;
}

export interface Payer {
  readonly ledger: Ledger | undefined;
  readonly job: Job;
  readonly model: string;
  readonly past: Past;
  /** What lowered the limit of this run when it began, for one that goes on. */
  readonly loweredBy: Purse | null;
  readonly operator: Pick<OperatorConfig, "model" | "price" | "purses">;
  readonly emit: Emit;
}

/** Takes from what the operator's limits leave what this run may spend, before it spends any. Throws what `reserve` throws. */
export async function funded(request: DraftRequest, payer: Payer): Promise<Funded> {
  const { ledger, job, model, past, operator, emit } = payer;
  const wanted = request.limits.usd;
  if (ledger === undefined) {
    requireNoPurses(operator);
    emit({ type: "limit", usd: wanted });
    return { request, notices: [], loweredBy: null };
  }
  const { price } = statedPrice(model, operator, request.config);
  const isPriced = priceOf(model, price) !== null;
  const name = { run: runId(job), job, issue: request.issue.number, model };
  const { usd, by, low } = await ledger.reserve(name, isPriced ? wanted : null, past);
  for (const { purse, used, of } of low)
    emit({
      type: "notice",
      text: `Of ${shared[purse]} ${money(used)} of ${money(of)} were gone before this run.`,
    });
  const limit = isPriced ? Math.min(usd, wanted) : wanted;
  emit({ type: "limit", usd: limit });
  const loweredBy = by ?? payer.loweredBy;
  const notices: Notice[] =
    loweredBy === null ? [] : [{ kind: "limit-lowered", usd: limit, purse: loweredBy }];
  return { request: { ...request, limits: { ...request.limits, usd: limit } }, notices, loweredBy };
}

/** Limits that many runs share cannot be held by a run that knows of no other. */
export function requireNoPurses({ purses }: Pick<OperatorConfig, "purses">): void {
  if (Object.keys(purses).length > 0) throw new Problem("purse-needs-app");
}

/** Notes what a run cost, and how it ended; of one that is tried again, that it goes on. */
export async function account(ledger: Ledger, job: Job, outcome: Outcome): Promise<void> {
  if (outcome.kind === "shown") return;
  const run = runId(job);
  const spent = "draft" in outcome ? outcome.draft.spent : outcome.spent;
  if (outcome.kind === "stopped" && passes(outcome.code)) return ledger.pause(run, spent?.usd ?? null);
  // Stopped before it could repeat what it had recorded.
  if (spent === null) return void (await ledger.abandon(run));
  await ledger.settle(run, {
    ...{ outcome: outcome.kind === "stopped" ? outcome.code : outcome.kind, usd: spent.usd },
    verdict:
      "draft" in outcome && "verification" in outcome.draft ? outcome.draft.verification.verdict : null,
    pullRequest: outcome.kind === "drafted" ? outcome.pullRequest.number : null,
  });
}
