import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { changesBetween, patchBetween } from "../../src/workspace/changes-between.ts";
import { checkout } from "../../src/workspace/checkout.ts";
import { listFiles } from "../../src/workspace/list-files.ts";
import { openLocalRepository, resolveTree } from "../../src/workspace/open-local-repository.ts";
import { readBlob, readBlobs, readFile } from "../../src/workspace/read-file.ts";
import { treeWith } from "../../src/workspace/tree-with.ts";
import { commitAll, gitIn, makeRepository, temporaryFolder, write } from "./parts/folder.ts";

const latin1 = (text: string) => Buffer.from(text, "latin1");

const before = {
  "same.txt": "same\n",
  "edit.txt": "one\ntwo\n",
  "gone.txt": "gone\n",
  "old name.txt": "long enough to be seen as a rename\nby a tool that looks for renames\n",
  "image.bin": Buffer.from([0, 1, 2, 255]),
  "latin.txt": latin1("caf\xe9\n"),
};
const after = {
  "edit.txt": "one\nthree\nfour\n",
  'new/ü\t"x".txt': "new\n",
  "new name.txt": before["old name.txt"],
  "image.bin": Buffer.from([0, 9, 2, 255]),
  "latin.txt": latin1("cr\xe8me\n"),
};

async function arrange() {
  const folder = temporaryFolder();
  const dir = join(folder.path, "source");
  makeRepository(dir, before);
  write(dir, after);
  gitIn(dir, "rm", "--quiet", "--force", "gone.txt", "old name.txt");
  commitAll(dir);
  const repository = await openLocalRepository({ dir, cacheDir: join(folder.path, "cache") });
  const first = await openLocalRepository({ dir, rev: "HEAD~1", cacheDir: join(folder.path, "cache") });
  return {
    folder,
    repository,
    from: first.tree,
    to: repository.tree,
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

test("every file that differs is told, with its lines, and a rename as two", async () => {
  using given = await arrange();

  const changes = await changesBetween(given.repository, given.from, given.to);

  expect(
    changes.map(({ path, status, addedLines, deletedLines, binary }) => [
      path,
      status,
      addedLines,
      deletedLines,
      binary,
    ]),
  ).toEqual([
    ["edit.txt", "modified", 2, 1, false],
    ["gone.txt", "deleted", 0, 1, false],
    ["image.bin", "modified", 0, 0, true],
    ["latin.txt", "modified", 1, 1, false],
    ["new name.txt", "added", 2, 0, false],
    ['new/ü\t"x".txt', "added", 1, 0, false],
    ["old name.txt", "deleted", 0, 2, false],
  ]);
});

test("the patch brings one tree to the other by git apply, binary and other encodings too", async () => {
  using given = await arrange();

  const patch = await patchBetween(given.repository, given.from, given.to);

  const out = join(given.folder.path, "out");
  await checkout(given.repository, given.from, out);
  execFileSync("git", ["apply", "--whitespace=nowarn", "-"], { cwd: out, input: patch });
  gitIn(out, "init", "--quiet");
  gitIn(out, "add", "--all", "--force");
  expect(gitIn(out, "write-tree")).toBe(given.to);
  expect(patch).toContain("+three");
});

test("changes put onto another base give that base with them", async () => {
  using given = await arrange();
  const changes = await changesBetween(given.repository, given.from, given.to);

  expect(await treeWith(given.repository, given.from, changes)).toBe(given.to);
  expect(await treeWith(given.repository, given.from, [])).toBe(given.from);
  const some = changes.filter(({ path }) => path === "edit.txt");
  const tree = await treeWith(given.repository, given.from, some);
  expect(await changesBetween(given.repository, given.from, tree)).toEqual(some);
});

test("files are listed with mode, blob and size, and read back", async () => {
  using given = await arrange();

  const files = await listFiles(given.repository, given.to);

  expect(files.map(({ path, mode, size }) => [path, mode, size])).toContainEqual(["image.bin", "100644", 4]);
  const blob = files.find(({ path }) => path === "image.bin")?.blob as string;
  expect(await readBlob(given.repository, blob)).toEqual(after["image.bin"]);
  const all = await readBlobs(given.repository, files.map((file) => file.blob).concat("0".repeat(40)));
  expect(all.get(blob)).toEqual(after["image.bin"]);
  expect(all.size).toBe(new Set(files.map((file) => file.blob)).size);
});

test("a text file is read within its bounds; what is not a file is null", async () => {
  using given = await arrange();
  const read = (path: string, max?: number) => readFile(given.repository, given.to, path, max);

  expect(await read("edit.txt")).toBe("one\nthree\nfour\n");
  expect(await read("edit.txt", 5)).toBe("one\nt");
  for (const path of ["nope.txt", "new", "", "../x", "edit.txt\nsame.txt", "edit.txt\0"])
    expect(await read(path)).toBeNull();
});

test("a symlink is followed within the tree and not out of it", async () => {
  using folder = temporaryFolder();
  makeRepository(folder.path, { "AGENTS.md": "rules\n" });
  execFileSync("ln", ["-s", "AGENTS.md", join(folder.path, "CLAUDE.md")]);
  execFileSync("ln", ["-s", "/etc/passwd", join(folder.path, "out.md")]);
  commitAll(folder.path);
  const repository = await openLocalRepository({ dir: folder.path, cacheDir: join(folder.path, "cache") });

  expect(await readFile(repository, repository.tree, "CLAUDE.md")).toBe("rules\n");
  expect(await readFile(repository, repository.tree, "out.md")).toBeNull();
  await expect(resolveTree(repository, "1".repeat(40))).rejects.toMatchObject({ code: "revision-unknown" });
});
