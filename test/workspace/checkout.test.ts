import { execFileSync } from "node:child_process";
import { lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { checkout } from "../../src/workspace/checkout.ts";
import { openLocalRepository } from "../../src/workspace/open-local-repository.ts";
import { gitIn, makeRepository, temporaryFolder, write } from "./parts/folder.ts";

/** A repository whose tree is made of these entries as they are, however odd. */
function makeOddRepository(dir: string, entries: { mode: string; path: string; content?: string }[]): void {
  makeRepository(dir, { "readme.txt": "1\n" });
  for (const { mode, path, content } of entries) {
    write(dir, { ".content": content ?? "" });
    const blob =
      mode === "160000" ? "1".repeat(40) : gitIn(dir, "hash-object", "-w", "--no-filters", ".content");
    gitIn(
      dir,
      "-c",
      "core.protectNTFS=false",
      "update-index",
      "--add",
      "--cacheinfo",
      `${mode},${blob},${path}`,
    );
  }
  gitIn(dir, "commit", "--quiet", "--allow-empty", "--message=odd");
}

async function arrange(entries: { mode: string; path: string; content?: string }[]) {
  const folder = temporaryFolder();
  makeOddRepository(join(folder.path, "source"), entries);
  const repository = await openLocalRepository({
    dir: join(folder.path, "source"),
    cacheDir: join(folder.path, "c"),
  });
  const out = join(folder.path, "out");
  return { repository, out, folder, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

test("plain files, executable bits and symlinks are as in the tree; no .git; a submodule is an empty folder", async () => {
  using given = await arrange([
    { mode: "100755", path: "run.sh", content: "#!/bin/sh\n" },
    { mode: "120000", path: "link", content: "../../outside" },
    { mode: "160000", path: "sub" },
    { mode: "100644", path: "pointer.bin", content: "version https://git-lfs.github.com/spec/v1\nsize 5\n" },
    { mode: "100644", path: ".gitattributes", content: "*.bin filter=lfs diff=lfs merge=lfs -text\n" },
  ]);

  await checkout(given.repository, given.repository.tree, given.out);

  expect(readdirSync(given.out).sort()).toEqual([
    ".gitattributes",
    "link",
    "pointer.bin",
    "readme.txt",
    "run.sh",
    "sub",
  ]);
  expect(statSync(join(given.out, "run.sh")).mode & 0o777).toBe(0o755);
  expect(readlinkSync(join(given.out, "link"))).toBe("../../outside");
  expect(readdirSync(join(given.out, "sub"))).toEqual([]);
  expect(readFileSync(join(given.out, "pointer.bin"), "utf8")).toContain("git-lfs");
});

test("nothing is written through a symlink of the tree", async () => {
  using given = await arrange([{ mode: "120000", path: "A", content: "../victim" }]);
  write(given.folder.path, { "victim/x": "safe" });
  const { gitDir } = given.repository;
  const link = gitIn(gitDir, "rev-parse", `${given.repository.tree}:A`);
  const inner = gitIn(gitDir, "rev-parse", `${given.repository.tree}:readme.txt`);
  // a tree that holds a symlink `a` and a folder `a`, as only a hostile server makes it
  const folder = gitTree(gitDir, `100644 blob ${inner}\tx\n`);
  const tree = gitTree(gitDir, `120000 blob ${link}\ta\n040000 tree ${folder}\ta\n`);

  await checkout(given.repository, tree, given.out).catch(() => null);

  expect(readFileSync(join(given.folder.path, "victim", "x"), "utf8")).toBe("safe");
  expect(lstatSync(join(given.folder.path, "victim")).isDirectory()).toBe(true);
});

test("names that differ in case alone are two files", async () => {
  using given = await arrange([
    { mode: "100644", path: "a/File.txt", content: "upper" },
    { mode: "100644", path: "a/file.txt", content: "lower" },
    { mode: "100644", path: "A/file.txt", content: "other" },
  ]);

  await checkout(given.repository, given.repository.tree, given.out);

  expect(readFileSync(join(given.out, "a/File.txt"), "utf8")).toBe("upper");
  expect(readFileSync(join(given.out, "a/file.txt"), "utf8")).toBe("lower");
  expect(readFileSync(join(given.out, "A/file.txt"), "utf8")).toBe("other");
});

test.each([".git/config", "sub/.GIT/hooks/post-checkout", "git~1/config", ".g\u200cit/config"])(
  "a tree with %j in it is not written",
  async (path) => {
    using given = await arrange([]);
    const { gitDir } = given.repository;
    const blob = gitIn(gitDir, "rev-parse", `${given.repository.tree}:readme.txt`);
    const tree = path
      .split("/")
      .reduceRight(
        (inner, name, at, parts) =>
          gitTree(
            gitDir,
            at === parts.length - 1 ? `100644 blob ${blob}\t${name}\n` : `040000 tree ${inner}\t${name}\n`,
          ),
        "",
      );

    await expect(checkout(given.repository, tree, given.out)).rejects.toMatchObject({ code: "git-failed" });

    expect(readdirSync(given.out)).toEqual([]);
  },
);

function gitTree(gitDir: string, listing: string): string {
  return execFileSync("git", ["--git-dir", gitDir, "mktree"], { input: listing, encoding: "utf8" }).trim();
}
