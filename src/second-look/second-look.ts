import { openBudget } from "../agent/budget.ts";
import type { Journal } from "../agent/journal.ts";
import type { Model } from "../agent/model.ts";
import { whyNoAnswer } from "../agent/no-answer.ts";
import type { StatedPrice } from "../agent/prices.ts";
import { openSession } from "../agent/session.ts";
import type { BudgetLimits, Spent } from "../agent/types.ts";
import type { IssueText } from "../job/job.ts";
import type { Emit } from "../log/events.ts";
import { changedFiles } from "../verify/changed-files.ts";
import type { Finding, Verification } from "../verify/types.ts";
import { patchBetween } from "../workspace/changes-between.ts";
import type { Repository } from "../workspace/types.ts";
import { pointed } from "./pointed.ts";
import { lookAgainMessage, lookMessage, secondLookPrompt } from "./prompt.ts";
import { openReportBox, reportTool } from "./report-tool.ts";

/** Of a run's dollars, what is kept for the second look. */
const share = 0.15;
/** Turns of one look: the report, its end, and room for a mistake. */
const turns = 4;

export interface SecondLookOptions {
  readonly repository: Repository;
  readonly issue: IssueText;
  readonly nonce: string;
  readonly model: Model;
  readonly limits: BudgetLimits;
  readonly price?: StatedPrice;
  /** As for `openBudget`. */
  readonly now?: () => number;
  readonly journal: Journal;
  readonly emit: Emit;
  readonly redact: (text: string) => string;
  readonly signal?: AbortSignal;
}

/** What came of a look: what it found and can point to, or why there was none. */
export type Looked =
  | { readonly kind: "looked"; readonly findings: readonly Finding[]; readonly dropped: number }
  | { readonly kind: "not-looked"; readonly why: string };

/** A second session of the model, with a fresh context and no hands: it sees the issue, the difference and the findings. */
export interface SecondLook {
  /** Looks at a change; the second time, at what remains. */
  at(verification: Verification): Promise<Looked>;
  readonly spent: Spent;
}

/** The writer's part of a run's limits, and the second look's. */
export function shares(limits: BudgetLimits): { readonly writer: BudgetLimits; readonly look: BudgetLimits } {
  const { usd, ...rest } = limits;
  const part = (of: number) => (usd === undefined ? {} : { usd: usd * of });
  return { writer: { ...rest, ...part(1 - share) }, look: { ...rest, turns: 2 * turns, ...part(share) } };
}

export function openSecondLook(options: SecondLookOptions): SecondLook {
  const { repository, issue, nonce, model, journal, emit, redact, limits, price, now } = options;
  const budget = openBudget({
    ...{ model: model.id, limits },
    ...(price === undefined ? {} : { price }),
    ...(now === undefined ? {} : { now }),
  });
  const box = openReportBox();
  const session = openSession({
    ...{ model, budget, journal, emit, redact, toolbox: box, tools: [reportTool] },
    ...{ system: secondLookPrompt, context: "" },
  });
  let looks = 0;

  return {
    async at({ baseTreeSha, treeSha, findings }) {
      const patch = await patchBetween(repository, baseTreeSha, treeSha);
      const shown = { patch, nonce, findings: findings.filter(({ gate }) => !isSecondLook(gate)) };
      box.clear();
      const message = looks++ === 0 ? lookMessage({ issue, ...shown }) : lookAgainMessage(shown);
      const end = await session.send(message, options.signal);
      if (end.kind === "cancelled") throw options.signal?.reason ?? new Error("The run was cancelled.");
      // What was reported before something went wrong counts.
      if (box.remarks === null) return { kind: "not-looked", why: whyNoAnswer(end.kind, "a report") };
      const changes = await changedFiles(repository, baseTreeSha, treeSha);
      return { kind: "looked", ...pointed(box.remarks, changes, `${issue.title}\n\n${issue.body}`) };
    },
    get spent() {
      return session.spent;
    },
  };
}

const isSecondLook = (gate: string) => gate.startsWith("second-look-");
