import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { effectiveLimits } from "../config/effective-limits.ts";
import { parseRepositoryConfig } from "../config/repository-config.ts";
import { configPath, type OperatorConfig } from "../config/types.ts";
import type { GitHubAccess } from "../github/access.ts";
import { mergeBase } from "../github/merge-base.ts";
import { type PullRequest, readPullRequest } from "../github/pull-request.ts";
import { readRepository } from "../github/repository.ts";
import type { Emit } from "../log/events.ts";
import { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import { findingAnnotations } from "../report/annotations.ts";
import { type Proof, proofCheck, proofComment, type ToldProof } from "../report/proof.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { verifyLimits } from "../verify/options.ts";
import { fetchCommits } from "../workspace/fetch-commits.ts";
import { listFiles } from "../workspace/list-files.ts";
import { readFile } from "../workspace/read-file.ts";
import { removeAll } from "../workspace/remove-all.ts";
import type { Repository } from "../workspace/types.ts";
import { prove } from "./prove.ts";
import { noCheckRun, noComment, noLabel } from "./show-verdict.ts";

export interface VerifyPullRequestOptions {
  readonly access: GitHubAccess;
  readonly operator: Pick<OperatorConfig, "dataDir" | "limits" | "repositoryMib" | "setupEnv">;
  readonly sandbox: Sandbox;
  readonly redact: Redact;
  readonly emit: Emit;
  readonly signal?: AbortSignal;
}

/** The commits of a pull request, at hand. */
interface Proposal {
  readonly pull: PullRequest;
  /** Stands at the base. */
  readonly repository: Repository;
  readonly headTree: string;
}

/**
 * The evidence for a pull request as it stands, whoever opened it, told on its commit, in one comment and by a label as far
 * as GitHub allows. Asks no model. One that is closed is ignored.
 */
export async function verifyPullRequest(
  number: number,
  options: VerifyPullRequestOptions,
): Promise<ToldProof | { readonly ignored: string }> {
  const { access, emit } = options;
  emit({ type: "step", step: "fetching" });
  if (options.sandbox.name === "none" && !(await readRepository(access)).private)
    throw new Problem("sandbox-none-public");
  const pull = await read(access, number);
  if (pull.state !== "open") return { ignored: "pull-request-closed" };
  const proposal = await fetchProposal(pull, options);
  emit({ type: "step", step: "verifying" });
  const verification = await proofOf(proposal, options);
  emit({ type: "step", step: "reporting" });
  const { url, fromFork, headSha } = pull;
  const now = await read(access, number);
  const { branch, commit } = proposal.repository;
  const proof: Proof = {
    pullRequest: { number, url, fromFork },
    ...{ base: { branch, commit }, head: headSha, verification },
    meanwhile: now.headSha !== headSha ? "moved" : now.state === "open" ? null : "closed",
  };
  return { ...proof, missing: await tell(proof, proposal, options) };
}

async function read(access: GitHubAccess, number: number): Promise<PullRequest> {
  const pull = await readPullRequest(access, number);
  const { owner, repo } = access.repository;
  if (pull === null) throw new Problem("pull-request-missing", { number, repository: `${owner}/${repo}` });
  return pull;
}

async function fetchProposal(
  pull: PullRequest,
  { access, operator, signal }: VerifyPullRequestOptions,
): Promise<Proposal> {
  const { base, headSha: head } = pull;
  // The branch may have moved on since: what it did there is not part of the change.
  const from = (await mergeBase(access, base.sha, head)) ?? base.sha;
  const fetched = await fetchCommits({
    ...{ remoteUrl: access.remoteUrl, token: () => access.token(), name: access.repository },
    ...{ cacheDir: join(operator.dataDir, "cache"), base: from, head, branch: base.branch },
    maxMib: operator.repositoryMib,
    ...(signal === undefined ? {} : { signal }),
  });
  return { pull, ...fetched };
}

async function proofOf({ pull, repository, headTree }: Proposal, options: VerifyPullRequestOptions) {
  const { operator, sandbox, redact, emit, signal } = options;
  // The base says how it is tested, not the change.
  const config = parseRepositoryConfig(await readFile(repository, repository.tree, configPath), configPath);
  await mkdir(operator.dataDir, { recursive: true, mode: 0o700 });
  const scratch = await mkdtemp(join(operator.dataDir, "verify-"));
  try {
    return await prove({
      ...{ repository, baseTree: repository.tree, headTree, config, sandbox, scratch, redact, emit },
      limits: verifyLimits(effectiveLimits(operator.limits, config.limits)),
      // What the operator lets dependencies see is not for a stranger's.
      setupEnv: pull.fromFork ? {} : operator.setupEnv,
      ...(signal === undefined ? {} : { signal }),
    });
  } finally {
    await removeAll(scratch);
  }
}

/** What is missing, and why. A newer commit has a run of its own, which says what holds for the pull request then. */
async function tell(
  proof: Proof,
  { repository, headTree }: Proposal,
  { access, redact }: VerifyPullRequestOptions,
): Promise<ToldProof["missing"]> {
  const { verification, head: headSha, meanwhile } = proof;
  const { number } = proof.pullRequest;
  const paths = new Set((await listFiles(repository, headTree)).map(({ path }) => path));
  const annotations = findingAnnotations(verification.findings, (path) => paths.has(path)).map((one) => ({
    ...one,
    message: redact(one.message),
  }));
  const { title, conclusion, summary, text } = proofCheck(proof);
  const check = { headSha, title, conclusion, summary: redact(summary), text: redact(text), annotations };
  const missing = await noCheckRun(access, check);
  if (meanwhile === "moved") return { comment: null, "check run": missing, label: null };
  return {
    comment: await noComment(access, number, "verify", redact(proofComment(proof))),
    "check run": missing,
    label: await noLabel(access, number, verification.verdict),
  };
}
