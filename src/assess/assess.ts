import { openBudget } from "../agent/budget.ts";
import type { Journal } from "../agent/journal.ts";
import type { Model } from "../agent/model.ts";
import { whyNoAnswer } from "../agent/no-answer.ts";
import type { StatedPrice } from "../agent/prices.ts";
import { openSession } from "../agent/session.ts";
import type { BudgetLimits, Spent } from "../agent/types.ts";
import type { IssueText } from "../job/job.ts";
import type { Emit } from "../log/events.ts";
import type { Redact } from "../log/redact.ts";
import type { Toolbox } from "../sandbox/tool.ts";
import { toolDefinitions } from "../sandbox/toolbox/definitions.ts";
import { assessTool, openAssessBox } from "./assess-tool.ts";
import type { Assessment } from "./assessment.ts";
import { assessMessage, assessPrompt } from "./prompt.ts";

/** Of a run's dollars, what a look at the task may take at most, and dollars; with hands to read, as a plan has them, more. */
const caps = { look: { share: 0.15, usd: 0.3, turns: 3 }, plan: { share: 0.5, usd: 1, turns: 20 } };
const reading = ["read", "glob", "grep"];

export interface AssessOptions {
  readonly issue: IssueText;
  readonly nonce: string;
  /** What the repository is like. */
  readonly context: string;
  /** Lines that one change should not have more of. */
  readonly lines: number;
  /** Reads the repository, for a plan; null: the description has to do. */
  readonly hands: Toolbox | null;
  readonly model: Model;
  readonly limits: BudgetLimits;
  readonly price?: StatedPrice;
  /** As for `openBudget`. */
  readonly now?: () => number;
  readonly journal: Journal;
  readonly emit: Emit;
  readonly redact: Redact;
  readonly signal?: AbortSignal;
}

/** What came of it: what the model makes of the task, or why it says nothing of it. */
export type Assessed = { readonly spent: Spent } & (
  | { readonly kind: "assessed"; readonly assessment: Assessment }
  | { readonly kind: "not-assessed"; readonly why: string }
);

/** Whether an entry of a journal is none of this session's own calls of its tool. */
export const isOfOthers = (entry: { readonly type: string; readonly name?: unknown }) =>
  entry.type !== "tool" || entry.name !== assessTool.name;

/** A session of its own, before the work begins, that says what the issue leaves open and how large the task is. */
export async function assess(options: AssessOptions): Promise<Assessed> {
  const { model, limits, price, now, journal, emit, redact, context, hands, signal } = options;
  const { share, usd, turns } = hands === null ? caps.look : caps.plan;
  const budget = openBudget({
    ...{ model: model.id, limits: { ...limits, usd: Math.min(usd, (limits.usd ?? usd) * share), turns } },
    ...(price === undefined ? {} : { price }),
    ...(now === undefined ? {} : { now }),
  });
  const box = openAssessBox(hands);
  const readers = hands === null ? [] : toolDefinitions.filter(({ name }) => reading.includes(name));
  const session = openSession({
    ...{ model, budget, journal, emit, redact, toolbox: box, tools: [...readers, assessTool] },
    ...{ system: assessPrompt, context },
  });
  const end = await session.send(assessMessage({ ...options, reads: hands !== null }), signal);
  if (end.kind === "cancelled") throw signal?.reason ?? new Error("The run was cancelled.");
  const { spent } = session;
  // What was said before something went wrong counts.
  if (box.said !== null) return { kind: "assessed", assessment: box.said, spent };
  return { kind: "not-assessed", why: whyNoAnswer(end.kind, "an answer"), spent };
}
