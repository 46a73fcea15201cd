import type { JournalEntry } from "../agent/journal.ts";
import { effectiveLimits } from "../config/effective-limits.ts";
import { parseRepositoryConfig } from "../config/repository-config.ts";
import { configPath, type OperatorConfig } from "../config/types.ts";
import type { Purse } from "../job/ledger.ts";
import { Problem } from "../log/problem.ts";
import { resolveTree } from "../workspace/open-local-repository.ts";
import { readFile } from "../workspace/read-file.ts";
import type { Repository } from "../workspace/types.ts";
import type { Admission } from "./admit.ts";
import type { DraftRequest } from "./draft.ts";
import { readHeader } from "./record.ts";

interface Asked extends Pick<Admission, "issue" | "guidance" | "feedback"> {
  readonly nonce: string;
}

/** The request for a draft: what was asked for, with the repository's own configuration and limits. */
export async function requestFor(
  asked: Asked,
  repository: Repository,
  operator: Pick<OperatorConfig, "limits" | "secondLook">,
): Promise<DraftRequest> {
  const { issue, guidance, feedback, nonce } = asked;
  const config = parseRepositoryConfig(await readFile(repository, repository.tree, configPath), configPath);
  const limits = effectiveLimits(operator.limits, config.limits);
  const secondLook = operator.secondLook && config.secondLook;
  return { repository, config, issue, guidance, feedback, limits, secondLook, nonce };
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
    request: await requestFor(header, { ...repository, commit, tree }, header),
    operator: { ...settings, ...price, model },
    isPublic,
    loweredBy,
  };
}
