import type { JournalEntry } from "../agent/journal.ts";
import { effectiveLimits } from "../config/effective-limits.ts";
import { parseRepositoryConfig } from "../config/repository-config.ts";
import { configPath, type OperatorConfig } from "../config/types.ts";
import type { Agreed } from "../github/agreed.ts";
import type { AttemptOptions } from "../job/attempt-options.ts";
import type { Purse } from "../job/ledger.ts";
import { Problem } from "../log/problem.ts";
import { resolveTree } from "../workspace/open-local-repository.ts";
import { readFile } from "../workspace/read-file.ts";
import type { Repository } from "../workspace/types.ts";
import type { Admission } from "./admit.ts";
import type { DraftRequest } from "./draft.ts";
import type { PreviousAttempt } from "./previous.ts";
import { type RunHeader, readHeader } from "./record.ts";

interface Asked extends Pick<Admission, "issue" | "guidance">, Pick<DraftRequest, "feedback"> {
  readonly options?: AttemptOptions;
  readonly previous?: PreviousAttempt | null;
  /** The branch's head, where this is one more commit on top of it. */
  readonly revises?: string | null;
  /** The branch's head, where somebody else's work on it may be replaced. */
  readonly replaces?: string | null;
  readonly nonce: string;
  /** What was agreed on before. */
  readonly agreed?: Agreed | null;
  /** Whether the model is to look at the task first: `label` as the configuration says, or as is said here. */
  readonly assess?: "label" | DraftRequest["assess"];
}

/**
 * The request for a draft: what was asked for, with the repository's own configuration and limits. What a command asks for
 * comes before those, within the operator's. Throws `budget-beyond`.
 */
export async function requestFor(
  asked: Asked,
  repository: Repository,
  operator: Pick<OperatorConfig, "limits" | "secondLook"> & Partial<Pick<OperatorConfig, "ask">>,
): Promise<DraftRequest> {
  const { issue, guidance, feedback, nonce, options = {} } = asked;
  const { previous = null, revises = null, replaces = null, agreed = null } = asked;
  const { usd, model, keepTests = false } = options;
  const own = parseRepositoryConfig(await readFile(repository, repository.tree, configPath), configPath);
  // A model that a command names is paid for as one that the repository names.
  const config = model === undefined ? own : { ...own, model };
  if (usd !== undefined && usd > operator.limits.usd)
    throw new Problem("budget-beyond", { usd, limit: operator.limits.usd });
  const limits = effectiveLimits(operator.limits, usd === undefined ? own.limits : { ...own.limits, usd });
  const secondLook = operator.secondLook && config.secondLook;
  const ask = operator.ask === true && config.ask !== "never" ? config.ask : null;
  const assess = asked.assess === "label" ? ask : (asked.assess ?? null);
  const text = { issue, guidance, feedback, nonce, agreed, assess };
  return { repository, config, ...text, previous, keepTests, revises, replaces, limits, secondLook };
}

/** What was asked for, as a record has it: its limit in dollars counts as it stood, whatever the repository's. */
export function askedIn({ limits, keepTests, ...header }: RunHeader): Asked {
  const { issue, guidance, feedback, nonce, previous, revises, replaces, agreed, assess } = header;
  const options = { usd: limits.usd, keepTests };
  return { issue, guidance, feedback, nonce, options, previous, revises, replaces, agreed, assess };
}

/** A run that goes on: what it was asked for, and with which model at which price. */
export interface Resumed {
  readonly request: DraftRequest;
  /** The operator's settings, with the model and the price of the record: what was spent was spent at that one. */
  readonly operator: OperatorConfig & { readonly model: string };
  /** Whether anybody could read the repository as the run began. */
  readonly isPublic: boolean;
  /** The limit of many runs because of which this one's was lower. */
  readonly loweredBy: Purse | null;
}

/**
 * A run as it was recorded, its configuration and limits included, whatever those are by now. Null if there is no record, or
 * the commit that it was made for is not at hand.
 */
export async function recordedRequest(
  repository: Repository,
  recorded: readonly JournalEntry[],
  operator: OperatorConfig,
): Promise<Resumed | null> {
  if (recorded.length === 0) return null;
  const header = readHeader(recorded, "journal.jsonl");
  const { commit, tree, model, isPublic, loweredBy } = header;
  const found = await resolveTree(repository, commit).catch((error: unknown) => {
    if (error instanceof Problem && error.code === "revision-unknown") return null;
    throw error;
  });
  if (found !== tree) return null;
  const { price: _, ...settings } = operator;
  const price = header.price === null ? {} : { price: header.price };
  return {
    request: await requestFor(askedIn(header), { ...repository, commit, tree }, header),
    operator: { ...settings, ...price, model },
    isPublic,
    loweredBy,
  };
}
