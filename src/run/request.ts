import type { JournalEntry } from "../agent/journal.ts";
import { effectiveLimits } from "../config/effective-limits.ts";
import { parseRepositoryConfig } from "../config/repository-config.ts";
import { configPath, type OperatorConfig } from "../config/types.ts";
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

/** The request as it was recorded, or null if there is no record or the commit that it was made for is not at hand. */
export async function recordedRequest(
  fresh: DraftRequest,
  recorded: readonly JournalEntry[],
): Promise<DraftRequest | null> {
  if (recorded.length === 0) return null;
  const { commit, tree, issue, guidance, feedback, secondLook } = readHeader(recorded, "journal.jsonl");
  const found = await resolveTree(fresh.repository, commit).catch((error: unknown) => {
    if (error instanceof Problem && error.code === "revision-unknown") return null;
    throw error;
  });
  if (found !== tree) return null;
  return {
    ...fresh,
    repository: { ...fresh.repository, commit, tree },
    issue,
    guidance,
    feedback,
    secondLook,
  };
}
