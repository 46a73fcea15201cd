import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { checkout } from "../../src/workspace/checkout.ts";
import { openLocalRepository, resolveTree } from "../../src/workspace/open-local-repository.ts";
import { readFile } from "../../src/workspace/read-file.ts";
import { commitAll, gitIn, makeRepository, temporaryFolder, write } from "./parts/folder.ts";

test("HEAD is opened, and what is not committed is not part of it", async () => {
  using folder = temporaryFolder();
  const dir = join(folder.path, "project");
  const commit = makeRepository(dir, { "a.txt": "committed\n" });
  write(dir, { "a.txt": "edited\n" });

  const repository = await openLocalRepository({ dir, cacheDir: join(folder.path, "cache") });

  expect(repository).toMatchObject({ commit, branch: "main" });
  expect(await readFile(repository, repository.tree, "a.txt")).toBe("committed\n");
});

test.each(["HEAD~1", "v1", "main~1", "side"])("the revision %s is found", async (rev) => {
  using folder = temporaryFolder();
  const first = makeRepository(folder.path, { "a.txt": "1\n" });
  gitIn(folder.path, "tag", "v1");
  gitIn(folder.path, "branch", "side");
  write(folder.path, { "a.txt": "2\n" });
  commitAll(folder.path);

  const repository = await openLocalRepository({
    dir: folder.path,
    rev,
    cacheDir: join(folder.path, "cache"),
  });

  expect(repository.commit).toBe(first);
  expect(await resolveTree(repository, first)).toBe(repository.tree);
});

test("a folder below, a linked worktree and a bare clone are repositories too", async () => {
  using folder = temporaryFolder();
  const dir = join(folder.path, "project");
  const commit = makeRepository(dir, { "sub/a.txt": "1\n" });
  gitIn(dir, "worktree", "add", "--quiet", "../linked");
  gitIn(folder.path, "clone", "--quiet", "--bare", dir, "bare.git");
  const cacheDir = join(folder.path, "cache");

  for (const place of ["project/sub", "linked", "bare.git"]) {
    const repository = await openLocalRepository({ dir: join(folder.path, place), cacheDir });
    expect(repository.commit).toBe(commit);
    await checkout(repository, repository.tree, join(folder.path, "out", place));
  }
});

test("a repository with SHA-256 names is opened as one", async () => {
  using folder = temporaryFolder();
  gitIn(folder.path, "init", "--quiet", "--object-format=sha256", "--initial-branch=main");
  write(folder.path, { "a.txt": "1\n" });
  const commit = commitAll(folder.path);

  const repository = await openLocalRepository({ dir: folder.path, cacheDir: join(folder.path, "cache") });

  expect(repository.commit).toBe(commit);
  expect(await readFile(repository, repository.tree, "a.txt")).toBe("1\n");
});

test("nothing is written to the repository", async () => {
  using folder = temporaryFolder();
  const dir = join(folder.path, "project");
  makeRepository(dir, { "a.txt": "1\n" });
  const before = gitIn(dir, "count-objects", "-v") + gitIn(dir, "for-each-ref");

  const repository = await openLocalRepository({ dir, cacheDir: join(folder.path, "cache") });
  await checkout(repository, repository.tree, join(folder.path, "out"));

  expect(gitIn(dir, "count-objects", "-v") + gitIn(dir, "for-each-ref")).toBe(before);
});

test("not a repository, no commits and unknown revisions are told apart", async () => {
  using folder = temporaryFolder();
  const cacheDir = join(folder.path, "cache");
  mkdirSync(join(folder.path, "plain"));
  mkdirSync(join(folder.path, "odd"));
  writeFileSync(join(folder.path, "odd", ".git"), "nonsense");
  gitIn(folder.path, "init", "--quiet", "fresh");
  makeRepository(join(folder.path, "project"), { "a.txt": "1\n" });
  const open = (place: string, rev?: string) =>
    openLocalRepository({ dir: join(folder.path, place), cacheDir, ...(rev ? { rev } : {}) });

  await expect(open("plain")).rejects.toMatchObject({ code: "not-a-repository" });
  await expect(open("odd")).rejects.toMatchObject({ code: "not-a-repository" });
  await expect(open("missing")).rejects.toMatchObject({ code: "not-a-repository" });
  await expect(open("fresh")).rejects.toMatchObject({ code: "repository-empty" });
  await expect(open("project", "nope")).rejects.toMatchObject({ code: "revision-unknown" });
  await expect(open("project", "--all")).rejects.toMatchObject({ code: "revision-unknown" });
});
