import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openLocalRepository } from "../../src/workspace/open-local-repository.ts";
import type { Repository } from "../../src/workspace/types.ts";

/** Files by path; null deletes. One that begins with `#!` can be run. */
export type Files = Readonly<Record<string, string | null>>;

export interface Fixture extends Disposable {
  readonly repository: Repository;
  readonly baseTree: string;
  /** A folder for checkouts and reports. */
  readonly scratch: string;
  /** The tree of the base with these files changed. */
  change(files: Files): string;
}

/** A real repository in a temporary folder, its first commit holding `files`. */
export async function fixture(files: Files): Promise<Fixture> {
  const top = mkdtempSync(join(tmpdir(), "firstdraft-verify-"));
  const dir = join(top, "repository");
  mkdirSync(dir);
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.invalid", ...args], {
      cwd: dir,
      encoding: "utf8",
      env: { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" },
    }).trim();
  const commit = (changed: Files) => {
    for (const [path, text] of Object.entries(changed)) {
      if (text === null) rmSync(join(dir, path));
      else {
        mkdirSync(dirname(join(dir, path)), { recursive: true });
        writeFileSync(join(dir, path), text, { mode: text.startsWith("#!") ? 0o755 : 0o644 });
      }
    }
    git("add", "-A");
    git("commit", "-q", "--allow-empty", "-m", "a commit");
    return git("rev-parse", "HEAD^{tree}");
  };
  git("init", "-q", "-b", "main");
  const baseTree = commit(files);
  const base = git("rev-parse", "HEAD");
  const repository = await openLocalRepository({ dir, rev: base, cacheDir: join(top, "cache") });
  return {
    repository,
    baseTree,
    scratch: join(top, "scratch"),
    change: (changed) => {
      git("reset", "-q", "--hard", base);
      return commit(changed);
    },
    [Symbol.dispose]: () => rmSync(top, { recursive: true, force: true }),
  };
}
