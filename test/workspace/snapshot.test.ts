import { execFileSync } from "node:child_process";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { changeSince } from "../../src/workspace/change-since.ts";
import { checkout } from "../../src/workspace/checkout.ts";
import { openLocalRepository } from "../../src/workspace/open-local-repository.ts";
import { snapshot } from "../../src/workspace/snapshot.ts";
import { gitIn, makeRepository, temporaryFolder, write } from "./parts/folder.ts";

async function arrange(files: Record<string, string | Buffer>, prepare?: (source: string) => void) {
  const folder = temporaryFolder();
  const source = join(folder.path, "source");
  makeRepository(source, files);
  prepare?.(source);
  const repository = await openLocalRepository({ dir: source, cacheDir: join(folder.path, "cache") });
  const workspace = join(folder.path, "workspace");
  await checkout(repository, repository.tree, workspace);
  const base = repository.tree;
  /** What the agent changed between `before` and now. */
  const change = async (before = base, globs: string[] = [], allow: string[] = []) =>
    changeSince(repository, {
      base,
      before,
      after: await snapshot(repository, workspace, { since: before }),
      protection: { protected: globs, allow },
    });
  const names = (tree: string) => gitIn(repository.gitDir, "ls-tree", "-r", tree).split("\n");
  return { repository, workspace, base, change, names, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

test("an untouched checkout is the tree it came from, whatever its attributes say", async () => {
  using given = await arrange(
    {
      "a.txt": "dos\r\nlines\r\n",
      "b.txt": "unix\n",
      "c.bat": "x\n",
      "d.txt": "mixed\r\nx\n",
      "id.txt": "$Id$\n",
    },
    (source) => {
      write(source, { ".gitattributes": "*.txt text\n*.bat eol=crlf\nid.txt ident\n" });
      gitIn(source, "add", ".gitattributes");
      gitIn(source, "commit", "--quiet", "--message=attributes");
    },
  );

  const before = await snapshot(given.repository, given.workspace);
  write(given.workspace, { "b.txt": "changed\n" });
  const { changes } = await given.change(before);

  expect(changes.map(({ path }) => path)).toEqual(["b.txt"]);
});

test("what setup left behind is not part of the change", async () => {
  using given = await arrange({ "a.txt": "1\n", "lock.json": "{}\n", ".gitignore": "build/\n" });
  write(given.workspace, { "setup.cache": "x", "lock.json": '{"changed":1}\n', "build/out.js": "x" });
  const before = await snapshot(given.repository, given.workspace);
  write(given.workspace, { "new.txt": "agent\n", "build/more.js": "x", "node_modules/x/i.js": "x" });
  rmSync(join(given.workspace, "a.txt"));

  const { changes, tree } = await given.change(before);

  expect(changes.map(({ path, status }) => `${status} ${path}`)).toEqual(["deleted a.txt", "added new.txt"]);
  expect(given.names(tree).map((line) => line.split("\t")[1])).toEqual([
    ".gitignore",
    "lock.json",
    "new.txt",
  ]);
});

test("names that git itself ignores at its built-in list stay out, in any folder", async () => {
  using given = await arrange({ "a.txt": "1\n" });
  write(given.workspace, {
    "node_modules/x.js": "",
    "deep/node_modules/x.js": "",
    "pkg/__pycache__/x.pyc": "",
    ".pytest_cache/x": "",
    ".venv/bin/python": "",
    "target/debug/x": "",
    "src/target.ts": "kept\n",
  });

  const { changes } = await given.change();

  expect(changes.map(({ path }) => path)).toEqual(["src/target.ts"]);
});

test("new files are never executable, and a file that was keeps its mode", async () => {
  using given = await arrange({ "old.sh": "#!/bin/sh\n", "plain.sh": "#!/bin/sh\n" }, (source) => {
    gitIn(source, "update-index", "--chmod=+x", "old.sh");
    gitIn(source, "commit", "--quiet", "--message=mode");
  });
  write(given.workspace, { "old.sh": "#!/bin/sh\necho 2\n", "new.sh": "#!/bin/sh\n", suid: "x" });
  for (const path of ["plain.sh", "new.sh"]) chmodSync(join(given.workspace, path), 0o755);
  chmodSync(join(given.workspace, "suid"), 0o4755);

  const { changes } = await given.change();

  expect(changes.map(({ path, mode }) => `${mode} ${path}`)).toEqual([
    "100644 new.sh",
    "100755 old.sh",
    "100644 suid",
  ]);
});

test("new symlinks and submodules are refused, one by one, and the rest stands", async () => {
  using given = await arrange({ "a.txt": "1\n", link: "was a file\n" });
  symlinkSync("/etc/passwd", join(given.workspace, "passwd"));
  rmSync(join(given.workspace, "link"));
  symlinkSync("a.txt", join(given.workspace, "link"));
  makeRepository(join(given.workspace, "nested"), { "x.txt": "1\n" });
  write(given.workspace, { "b.txt": "2\n" });

  const { changes, dropped } = await given.change();

  expect(changes.map(({ path }) => path)).toEqual(["b.txt"]);
  expect(dropped).toEqual([
    { path: "link", reason: "symlink" },
    { path: "passwd", reason: "symlink" },
  ]);
});

test("a submodule of the base stays as it is, whatever happens in its folder", async () => {
  using given = await arrange({ "a.txt": "1\n" }, (source) => {
    gitIn(source, "update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},sub`);
    gitIn(source, "commit", "--quiet", "--message=submodule");
  });
  const before = await snapshot(given.repository, given.workspace);
  makeRepository(join(given.workspace, "sub"), { "x.txt": "1\n" });
  write(given.workspace, { "a.txt": "2\n" });

  const { changes, tree } = await given.change(before);

  expect(before).toBe(given.base);
  expect(changes.map(({ path }) => path)).toEqual(["a.txt"]);
  expect(given.names(tree)).toContain(`160000 commit ${"1".repeat(40)}\tsub`);
});

test("protected paths are dropped on either side of a change", async () => {
  using given = await arrange({ "a.txt": "1\n", ".npmrc": "x=1\n", "infra/x.tf": "1\n" });
  rmSync(join(given.workspace, ".npmrc"));
  write(given.workspace, { ".github/workflows/x.yml": "on: push\n", "infra/x.tf": "2\n", "a.txt": "2\n" });

  const { changes, dropped } = await given.change(given.base, ["infra"]);

  expect(changes.map(({ path }) => path)).toEqual(["a.txt"]);
  expect(dropped.map(({ path }) => path)).toEqual([".github/workflows/x.yml", ".npmrc", "infra/x.tf"]);
});

test("a file and a folder may change places", async () => {
  using given = await arrange({ a: "file\n", "b/c.txt": "1\n" });
  rmSync(join(given.workspace, "a"));
  rmSync(join(given.workspace, "b"), { recursive: true });
  write(given.workspace, { "a/inner.txt": "2\n", b: "file\n" });

  const { changes } = await given.change();

  expect(changes.map(({ path, status }) => `${status} ${path}`)).toEqual([
    "deleted a",
    "added a/inner.txt",
    "added b",
    "deleted b/c.txt",
  ]);
});

test("a file that cannot be a file of git's is passed over", async () => {
  using given = await arrange({ "a.txt": "1\n" });
  write(given.workspace, { "sub/.GIT/config": "x", "git~1/x": "x", "b.txt": "2\n", "new\nline.txt": "x\n" });
  gitIn(given.workspace, "init", "--quiet");

  const { changes } = await given.change();

  expect(changes.map(({ path }) => path)).toEqual(["b.txt", "new\nline.txt"]);
});

test("the same size and an old time do not hide a change made after the checkout", async () => {
  using given = await arrange({ "a.txt": "one\n" });
  write(given.workspace, { "a.txt": "two\n" });
  const hourAgo = Date.now() / 1000 - 3600;
  utimesSync(join(given.workspace, "a.txt"), hourAgo, hourAgo);

  const { changes } = await given.change();

  expect(changes.map(({ path }) => path)).toEqual(["a.txt"]);
});

test("more than 5,000 changed files or a file over 20 MB is a problem, but not what setup left", async () => {
  using given = await arrange({ "a.txt": "1\n" });
  const large = join(given.workspace, "large.bin");
  writeFileSync(large, "");
  truncateSync(large, 21 * 1024 * 1024);
  const before = await snapshot(given.repository, given.workspace);

  await given.change(before);
  linkSync(large, join(given.workspace, "again.bin"));
  await expect(given.change(before)).rejects.toMatchObject({ code: "change-file-too-large" });

  rmSync(join(given.workspace, "again.bin"));
  mkdirSync(join(given.workspace, "many"));
  for (let i = 0; i <= 5_000; i++) writeFileSync(join(given.workspace, "many", `${i}`), "");
  await expect(given.change(before)).rejects.toMatchObject({ code: "change-too-many-files" });
});

test.each([".gitignore", "sub/.gitattributes"])("%s as a pipe, or huge, holds nobody up", async (name) => {
  using given = await arrange({ "sub/a.txt": "1\n" });
  const path = join(given.workspace, name);
  execFileSync("mkfifo", [path]);
  await expect(given.change()).rejects.toMatchObject({ code: "rules-unreadable" });

  rmSync(path);
  writeFileSync(path, "");
  truncateSync(path, 2 ** 31);
  await expect(given.change()).rejects.toMatchObject({ code: "rules-unreadable" });

  rmSync(path);
  symlinkSync("/dev/zero", path);
  expect((await given.change()).changes).toEqual([]);
});

test("many files that are large together are a problem", async () => {
  using given = await arrange({ "a.txt": "1\n" });
  for (const name of ["b", "c", "d", "e"]) {
    writeFileSync(join(given.workspace, name), "");
    truncateSync(join(given.workspace, name), 16 * 1024 * 1024);
  }
  await expect(given.change()).rejects.toMatchObject({ code: "change-too-large" });
});
