import { join } from "node:path";
import { openRecordedToolbox } from "../agent/recorded-toolbox.ts";
import type { Spent } from "../agent/types.ts";
import { type Assessed, assess, isOfOthers } from "../assess/assess.ts";
import { Problem } from "../log/problem.ts";
import { redactedJson } from "../log/redacted-json.ts";
import type { Held, Notice, Outcome } from "../report/outcome.ts";
import { openToolbox } from "../sandbox/toolbox/open-toolbox.ts";
import { prepareCheckout } from "../verify/prepare/prepare-checkout.ts";
import type { DraftRequest, Workshop } from "./draft.ts";
import { statedPrice } from "./stated-price.ts";
import { stoppedBy } from "./stopped.ts";

export interface Considered {
  /** With what the run ends here; null: the work begins. */
  readonly end: Extract<Outcome, { kind: "waits" | "stopped" }> | null;
  /** null: nothing was looked at. */
  readonly spent: Spent | null;
  readonly notices: readonly Notice[];
}

/**
 * Has the model say what the issue leaves open and how large the task is, before any of the work, where that is asked for.
 * Where it does not say, the work begins, and its reader is told; where a plan was asked for, there is none: `no-plan`.
 */
export async function consider(
  request: DraftRequest,
  shop: Workshop,
  described: () => Promise<string>,
): Promise<Considered> {
  const { assess: mode, issue, nonce, limits, agreed } = request;
  const { model, journal, emit, redact, now, signal } = shop;
  if (agreed !== null) return { end: null, spent: null, notices: [{ kind: "agreed", ...agreed }] };
  if (mode === null) return { end: null, spent: null, notices: [] };
  emit({ type: "step", step: "considering" });
  await using hands = mode === "plan" ? await readingHands(request, shop) : null;
  const found: Assessed = await assess({
    ...{ issue, nonce, context: await described(), lines: limits.lines, hands, model, limits, journal, emit },
    ...statedPrice(model.id, shop.operator, request.config),
    ...(now === undefined ? {} : { now }),
    ...(signal === undefined ? {} : { signal }),
    redact,
  });
  const { spent } = found;
  if (found.kind === "not-assessed") {
    if (mode === "plan")
      return { end: stoppedBy(new Problem("no-plan", { why: found.why }), spent), spent, notices: [] };
    return { end: null, spent, notices: [{ kind: "not-assessed", why: found.why }] };
  }
  const assessment: Held["assessment"] = JSON.parse(redactedJson(found.assessment, redact));
  const { open, reason } = assessment;
  const why = reasonToWait(mode, assessment, limits.lines);
  if (why === null) return { end: null, spent, notices: [{ kind: "assessed", open, reason }] };
  const held = { for: why, assessment };
  return {
    end: { kind: "waits", held, spent, model: model.id, lines: limits.lines, likely: null },
    ...{ spent, notices: [] },
  };
}

function reasonToWait(
  mode: NonNullable<DraftRequest["assess"]>,
  { open, questions, lines, parts }: Held["assessment"],
  most: number,
): Held["for"] | null {
  if (lines > most && parts.length > 1) return "split";
  if (mode === "plan") return "plan";
  return mode === "always" || (open && questions.length > 0) ? "answers" : null;
}

/** A checkout to read in, nothing installed in it. */
async function readingHands({ repository, config, limits }: DraftRequest, shop: Workshop) {
  const { sandbox, folder, signal } = shop;
  const place = join(folder, "reading");
  await prepareCheckout({
    ...{ repository, tree: repository.tree, folder: place, home: join(folder, "reading-home") },
    ...{ scratch: join(folder, "scratch"), setups: [], sandbox, network: config.network },
    setupMs: limits.setupMinutes * 60_000,
    ...(signal === undefined ? {} : { signal }),
  });
  const tools = await openToolbox({ sandbox, folder: place, mounts: [], ...(signal && { signal }) });
  return openRecordedToolbox(tools, shop.recorded.filter(isOfOthers));
}
