import { Problem } from "../log/problem.ts";
import { splitChange } from "../verify/test-files.ts";
import { changesBetween } from "../workspace/changes-between.ts";
import { resolveTree } from "../workspace/open-local-repository.ts";
import { treeWith } from "../workspace/tree-with.ts";
import type { FileChange } from "../workspace/types.ts";
import type { DraftRequest } from "./draft.ts";

/** What the model begins with. */
export interface Start {
  readonly tree: string;
  /** Tests of the attempt before that stay as they are. */
  readonly kept: readonly FileChange[];
}

/**
 * What is revised, or the base; where the tests of the attempt before are to stay, with those laid over it. A test that the base has changed
 * since then is the base's. Throws `no-tests-to-keep`, `revision-unknown`.
 */
export async function startOf(
  request: Pick<DraftRequest, "repository" | "config" | "previous" | "keepTests" | "revises">,
): Promise<Start> {
  const { repository, config, previous, keepTests, revises } = request;
  if (revises !== null) return { tree: await resolveTree(repository, revises), kept: [] };
  if (!keepTests) return { tree: repository.tree, kept: [] };
  if (previous === null) throw new Problem("no-tests-to-keep");
  const from = await resolveTree(repository, previous.base);
  const to = await resolveTree(repository, previous.commit);
  const { tests } = splitChange(await changesBetween(repository, from, to), config.tests);
  const since = new Set((await changesBetween(repository, from, repository.tree)).map(({ path }) => path));
  const kept = tests.filter(({ path, status }) => status !== "deleted" && !since.has(path));
  if (kept.length === 0) throw new Problem("no-tests-to-keep");
  return { tree: await treeWith(repository, repository.tree, kept), kept };
}
