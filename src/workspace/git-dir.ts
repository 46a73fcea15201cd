import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

const config = (sha256: boolean) => `[core]
	repositoryFormatVersion = ${sha256 ? "1\n[extensions]\n\tobjectFormat = sha256\n[core]" : "0"}
	bare = true
	hooksPath = /dev/null
	fsmonitor = false
	untrackedCache = false
	# the sandbox takes the files over (owner, ctime): what tells a changed file is size and mtime
	trustCtime = false
	checkStat = minimal
	protectHFS = true
	protectNTFS = true
	looseCompression = 1
	quotePath = false
	precomposeUnicode = false
[checkout]
	workers = 0
[protocol]
	allow = never
[protocol "https"]
	allow = always
[protocol "http"]
	allow = always
[submodule]
	recurse = false
[fetch]
	recurseSubmodules = false
	fsckObjects = false
[credential]
	helper =
[gc]
	auto = 0
[maintenance]
	auto = false
[diff]
	renames = false
	suppressBlankEmpty = false
	noprefix = false
	mnemonicPrefix = false
`;

/** Folders that no commit of ours takes in, whatever the repository's own `.gitignore` says. */
const neverCommitted = [
  "node_modules/",
  "__pycache__/",
  "*.pyc",
  ".pytest_cache/",
  ".mypy_cache/",
  ".ruff_cache/",
  ".tox/",
  ".nox/",
  ".venv/",
  "venv/",
  "*.egg-info/",
  ".gradle/",
  "target/",
  ".nyc_output/",
  ".cache/",
  ".npm/",
  ".DS_Store",
  "*.swp",
  "*~",
];

/**
 * Makes a bare git directory of our own below `parent`, written by hand: no template, no process. With what a crashed run
 * leaves in it (locks, indexes) no other run ever meets.
 */
export async function makeGitDir(parent: string, options: { sha256?: boolean } = {}): Promise<string> {
  await removeOld(parent);
  const gitDir = join(parent, `${randomUUID()}.git`);
  await mkdir(join(gitDir, "refs"), { recursive: true, mode: 0o700 });
  await mkdir(join(gitDir, "info"));
  await writeFile(join(gitDir, "HEAD"), "ref: refs/heads/none\n");
  await writeFile(join(gitDir, "config"), config(options.sha256 ?? false));
  await writeFile(join(gitDir, "info", "exclude"), `${neverCommitted.join("\n")}\n`);
  return gitDir;
}

const week = 7 * 24 * 60 * 60 * 1000;

async function removeOld(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter((name) => name.endsWith(".git"))) {
    const made = await stat(join(parent, name)).catch(() => null);
    if (made && Date.now() - made.mtimeMs > week)
      await rm(join(parent, name), { recursive: true, force: true });
  }
}
