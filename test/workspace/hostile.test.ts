import { appendFileSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { changeSince } from "../../src/workspace/change-since.ts";
import { patchBetween } from "../../src/workspace/changes-between.ts";
import { checkout } from "../../src/workspace/checkout.ts";
import { openLocalRepository } from "../../src/workspace/open-local-repository.ts";
import { snapshot } from "../../src/workspace/snapshot.ts";
import { gitIn, makeRepository, temporaryFolder, write } from "./parts/folder.ts";
import { makeHostile, plantConfig, ran } from "./parts/hostile.ts";

test("the attacks are real: git itself runs them", () => {
  using folder = temporaryFolder();
  const marker = join(folder.path, "ran");
  const dir = join(folder.path, "hostile");
  makeHostile(dir, marker);
  gitIn(dir, "config", "--unset", "core.worktree");
  appendFileSync(join(dir, "a.txt"), "2\n");

  try {
    gitIn(dir, "status");
  } catch {
    // the planted filter breaks the protocol, after it ran
  }

  expect(ran(marker)).toBe(true);
});

test("nothing that a person's repository has configured runs", async () => {
  using folder = temporaryFolder();
  const marker = join(folder.path, "ran");
  const dir = join(folder.path, "hostile");
  const workspace = join(folder.path, "workspace");
  makeHostile(dir, marker);

  const repository = await openLocalRepository({ dir, cacheDir: join(folder.path, "cache") });
  await checkout(repository, repository.tree, workspace);
  const before = await snapshot(repository, workspace);
  write(workspace, { "a.txt": "2\n", "b.bin": Buffer.from([3, 0, 4]) });
  const after = await snapshot(repository, workspace, { since: before });
  const change = await changeSince(repository, {
    base: repository.tree,
    before,
    after,
    protection: { protected: [], allow: [] },
  });
  const patch = await patchBetween(repository, repository.tree, change.tree);

  expect(before).toBe(repository.tree);
  expect(change.changes.map(({ path }) => path)).toEqual(["a.txt", "b.bin"]);
  expect(patch).toContain("+2");
  expect(ran(marker)).toBe(false);
});

test("a git directory planted in the workspace is neither read nor committed", async () => {
  using folder = temporaryFolder();
  const marker = join(folder.path, "ran");
  const workspace = join(folder.path, "workspace");
  makeRepository(join(folder.path, "source"), { "a.txt": "1\n", "sub/b.txt": "1\n" });
  const repository = await openLocalRepository({
    dir: join(folder.path, "source"),
    cacheDir: join(folder.path, "c"),
  });
  await checkout(repository, repository.tree, workspace);
  for (const place of [".", "sub", "new"]) {
    mkdirSync(join(workspace, place), { recursive: true });
    gitIn(join(workspace, place), "init", "--quiet");
    plantConfig(join(workspace, place), marker);
  }
  write(workspace, { "a.txt": "2\n", "sub/b.txt": "2\n", "sub/c.txt": "new\n", "new/d.txt": "new\n" });

  const after = await snapshot(repository, workspace, { since: repository.tree });

  const { base, before } = { base: repository.tree, before: repository.tree };
  const { changes } = await changeSince(repository, {
    base,
    before,
    after,
    protection: { protected: [], allow: [] },
  });
  expect(changes.map(({ path }) => path)).toEqual(expect.arrayContaining(["a.txt", "sub/b.txt"]));
  expect(changes.filter(({ path, mode }) => path.includes(".git") || mode === "160000")).toEqual([]);
  expect(ran(marker)).toBe(false);
});

test("a .git that is a file or a symlink leads nowhere", async () => {
  using folder = temporaryFolder();
  const marker = join(folder.path, "ran");
  const workspace = join(folder.path, "workspace");
  makeRepository(join(folder.path, "source"), { "a.txt": "1\n", "sub/b.txt": "1\n" });
  makeHostile(join(folder.path, "hostile"), marker);
  const repository = await openLocalRepository({
    dir: join(folder.path, "source"),
    cacheDir: join(folder.path, "c"),
  });
  await checkout(repository, repository.tree, workspace);
  symlinkSync(join(folder.path, "hostile", ".git"), join(workspace, ".git"));
  writeFileSync(join(workspace, "sub", ".git"), `gitdir: ${join(folder.path, "hostile", ".git")}\n`);
  write(workspace, { "sub/b.txt": "2\n" });

  const after = await snapshot(repository, workspace, { since: repository.tree });

  const listed = gitIn(repository.gitDir, "ls-tree", "-r", "--name-only", after);
  expect(listed).toBe("a.txt\nsub/b.txt");
  expect(readFileSync(join(folder.path, "hostile", ".git", "HEAD"), "utf8")).toContain("main");
  expect(ran(marker)).toBe(false);
});

test("a folder that became a symlink is not followed out of the workspace", async () => {
  using folder = temporaryFolder();
  const workspace = join(folder.path, "workspace");
  write(folder.path, { "outside/b.txt": "secret of the host\n" });
  makeRepository(join(folder.path, "source"), { "a.txt": "1\n", "sub/b.txt": "1\n" });
  const repository = await openLocalRepository({
    dir: join(folder.path, "source"),
    cacheDir: join(folder.path, "c"),
  });
  await checkout(repository, repository.tree, workspace);
  renameSync(join(workspace, "sub"), join(workspace, "was-sub"));
  symlinkSync(join(folder.path, "outside"), join(workspace, "sub"));

  const after = await snapshot(repository, workspace, { since: repository.tree });

  const { tree: base } = repository;
  const { changes, dropped } = await changeSince(repository, {
    base,
    before: base,
    after,
    protection: { protected: [], allow: [] },
  });
  expect(dropped).toEqual([{ path: "sub", reason: "symlink" }]);
  expect(await patchBetween(repository, base, after)).not.toContain("secret of the host");
  expect(changes.map(({ path, status }) => `${status} ${path}`)).toEqual([
    "deleted sub/b.txt",
    "added was-sub/b.txt",
  ]);
});
