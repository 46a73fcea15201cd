import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { git, initBare } from "./git.ts";
import { type Call, createMirror, type Mirror } from "./mirror.ts";
import type { LocalRepository } from "./types.ts";

/**
 * A fork, with the branches that its parent has by now. As on GitHub the two share their objects: whatever is pushed to the
 * fork can be had from the parent by its SHA.
 */
export async function createFork(
  folder: string,
  { owner, name, forkOf, defaultBranch = "main" }: LocalRepository,
  call: Call,
  parent: Mirror,
): Promise<Mirror> {
  const gitDir = join(folder, owner, `${name}.git`);
  await mkdir(gitDir, { recursive: true });
  await initBare(gitDir, defaultBranch);
  const made = await call("POST", `/repos/${forkOf}/forks`, { name });
  if (made.status >= 300) throw new Error(`no fork of ${forkOf}: ${JSON.stringify(made.body)}`);
  await parent.toGit();
  await git(gitDir, ["fetch", "--quiet", parent.gitDir, "+refs/heads/*:refs/heads/*"]);
  const mirror = createMirror(gitDir, `${owner}/${name}`, call);
  const lend = async () => {
    await parent.toGit();
    await git(parent.gitDir, ["fetch", "--quiet", gitDir, `+refs/heads/*:refs/forks/${owner}/*`]);
    await parent.toApi();
  };
  await mirror.toApi();
  return {
    ...mirror,
    toApi: async () => {
      await mirror.toApi();
      await lend();
    },
  };
}
