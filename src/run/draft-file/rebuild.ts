import { join } from "node:path";
import { parseRepositoryConfig } from "../../config/repository-config.ts";
import { configPath, type OperatorConfig, type RepositoryConfig } from "../../config/types.ts";
import type { GitHubAccess } from "../../github/access.ts";
import { mergeBase } from "../../github/merge-base.ts";
import type { Redact } from "../../log/redact.ts";
import type { Draft } from "../../report/outcome.ts";
import { changedFiles } from "../../verify/changed-files.ts";
import { lookAt } from "../../verify/look.ts";
import { findPlan } from "../../verify/plan/find-plan.ts";
import { protectedPath } from "../../verify/types.ts";
import { decide } from "../../verify/verdict.ts";
import { changeSince } from "../../workspace/change-since.ts";
import { fetchCommits } from "../../workspace/fetch-commits.ts";
import { fetchRepository } from "../../workspace/fetch-repository.ts";
import { readFile } from "../../workspace/read-file.ts";
import { treeWith } from "../../workspace/tree-with.ts";
import type { FileChange, Repository } from "../../workspace/types.ts";
import { writeBlob } from "../../workspace/write-blob.ts";
import { openedPath } from "../opened-path.ts";
import { standingAt } from "../revision.ts";
import { requireNoForms, searchChange } from "../search-change.ts";
import { refused } from "./read.ts";
import type { Written } from "./schema.ts";

export interface RebuildOptions {
  readonly access: GitHubAccess;
  readonly operator: Pick<OperatorConfig, "dataDir" | "repositoryMib">;
  readonly redact: Redact;
  readonly branch: string;
  /** The commit of the pull request that the change is on top of; null: it is a change of the base. */
  readonly onto: string | null;
}

export interface Rebuilt {
  /** Stands at the commit that the change is a change of. */
  readonly repository: Repository;
  readonly draft: Draft;
  /** As the default branch has it now. */
  readonly config: RepositoryConfig;
}

/**
 * The draft of a file, with all that can be found out anew found out anew: its base is a commit of the default branch, the
 * tree is made from that and the file's contents, may hold what a draft may hold by today's configuration, and no secret;
 * commands and changed lines are read from the trees; the verdict is what the evidence comes to. The evidence itself is the
 * word of the job that wrote the file. Throws `draft-file-refused`, `secret-in-change`, `secret-form-in-change`.
 */
export async function rebuild(written: Written, options: RebuildOptions): Promise<Rebuilt> {
  const { account, proof } = written;
  const { repository, config } = await atBase(written.base, options);
  const from = options.onto === null ? repository : await standingAt(repository, options.onto);
  const { tree, opened } = await treeOf(from, written, config);
  if (tree !== proof.treeSha || repository.tree !== proof.baseTreeSha)
    throw refused("its change is not the one that it says was tested");
  requireNoForms(await searchChange(repository, tree, { redact: options.redact, config }));
  const changes = await changedFiles(repository, repository.tree, tree);
  const paths = changes.map(({ path }) => path);
  const own = await configAt(repository);
  const head = await findPlan(await lookAt(repository, tree), own, paths);
  const base = await findPlan(await lookAt(repository, repository.tree), own, paths);
  requireVerdict(proof, head.test !== null);
  const findings = proof.findings.filter(({ gate }) => gate !== protectedPath);
  const verification = {
    ...proof,
    findings: [...opened.map(openedPath), ...findings],
    setupCommand: head.setup,
    testCommand: head.test ?? base.test,
  };
  return { repository, config, draft: { ...account, verification, changes } };
}

/** Any commit of a fork can be had from a repository; only those of the default branch are somebody's with write access. */
async function atBase(base: string, { access, operator, branch, onto }: RebuildOptions) {
  const remote = {
    ...{ remoteUrl: access.remoteUrl, token: () => access.token(), name: access.repository, branch },
    ...{ cacheDir: join(operator.dataDir, "cache"), maxMib: operator.repositoryMib },
  };
  const also = onto === null ? [] : [onto];
  const tip = await fetchRepository({ ...remote, also });
  const config = await configAt(tip);
  if (base === tip.commit) return { repository: tip, config };
  if ((await mergeBase(access, tip.commit, base)) !== base)
    throw refused("the commit that it changes is not on the default branch");
  const { repository } = await fetchCommits({ ...remote, base, head: onto ?? tip.commit });
  return { repository, config };
}

async function configAt(repository: Repository): Promise<RepositoryConfig> {
  return parseRepositoryConfig(await readFile(repository, repository.tree, configPath), configPath);
}

/** The tree of the file's contents on its base. What a draft may not hold is no reason to leave it out here: nobody honest wrote it. */
async function treeOf(repository: Repository, { files }: Written, protection: RepositoryConfig) {
  const changes: Pick<FileChange, "path" | "mode" | "blob">[] = [];
  for (const { path, mode, content } of files) {
    if (/[\0\n]/.test(path)) throw refused("it names a path that no draft has");
    const blob = content === null ? null : await writeBlob(repository, Buffer.from(content, "base64"));
    changes.push({ path, mode, blob });
  }
  const built = await treeWith(repository, repository.tree, changes);
  const snapshots = { base: repository.tree, before: repository.tree, after: built };
  const change = await changeSince(repository, { ...snapshots, protection });
  const [dropped] = change.dropped;
  if (dropped !== undefined)
    throw refused(`it changes ${dropped.path}, which a draft may not (${dropped.reason})`);
  return change;
}

/** A verdict is never taken at its word, but decided anew. */
function requireVerdict(proof: Written["proof"], testCommand: boolean): void {
  const { tests, findings, suites } = proof;
  const decided = decide({ changed: true, testCommand, tests, findings, ...suites });
  const same = (["verdict", "reason", "problem"] as const).every((part) => decided[part] === proof[part]);
  if (!same) throw refused(`it says ${proof.verdict}, but its evidence comes to ${decided.verdict}`);
}
