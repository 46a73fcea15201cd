import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Problem } from "../log/problem.ts";
import { git } from "./git.ts";
import { makeGitDir } from "./git-dir.ts";
import { requirePlainRevision } from "./names.ts";
import type { Repository } from "./types.ts";

export interface LocalOptions {
  readonly dir: string;
  /** Default `HEAD`. Changes that are not committed are not part of it. */
  readonly rev?: string;
  readonly cacheDir: string;
}

/**
 * Opens a repository on this machine by borrowing its objects: nothing is copied, nothing is written to it, and of what
 * it has configured (hooks, fsmonitor, filters) nothing runs.
 */
export async function openLocalRepository(options: LocalOptions): Promise<Repository> {
  const rev = options.rev ?? "HEAD";
  requirePlainRevision(rev);
  const theirs = await findGitDir(resolve(options.dir));
  if (theirs === null) throw new Problem("not-a-repository", { dir: options.dir });

  const questions = ["--path-format=absolute", "--git-path", "objects", "--show-object-format"];
  const answer = await git(
    ["rev-parse", ...questions, `${rev}^{commit}`, `${rev}^{tree}`, "--abbrev-ref", rev],
    {
      gitDir: theirs,
      explain: () =>
        new Problem(rev === "HEAD" ? "repository-empty" : "revision-unknown", {
          rev,
          repository: options.dir,
        }),
    },
  );
  const [objects = "", format, commit = "", tree = "", branch = ""] = answer.toString().split("\n");

  const parent = join(resolve(options.cacheDir), "local");
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const gitDir = await makeGitDir(parent, { sha256: format === "sha256" });
  await mkdir(join(gitDir, "objects", "info"), { recursive: true });
  await writeFile(join(gitDir, "objects", "info", "alternates"), `${objects}\n`);
  return { gitDir, commit, tree, branch: branch || rev };
}

/** The full SHA of the tree that `rev` (a commit or tree SHA, known to `repository`) stands for. */
export async function resolveTree(repository: Repository, rev: string): Promise<string> {
  requirePlainRevision(rev);
  const explain = () => new Problem("revision-unknown", { rev });
  const tree = await git(["rev-parse", "--verify", `${rev}^{tree}`], { gitDir: repository.gitDir, explain });
  return tree.toString().trim();
}

/** As git itself looks for it: here, then upwards; a `.git` file names a directory elsewhere. */
async function findGitDir(dir: string): Promise<string | null> {
  const dotGit = join(dir, ".git");
  const kind = await stat(dotGit).catch(() => null);
  if (kind?.isDirectory()) return dotGit;
  if (kind?.isFile()) {
    const target = /^gitdir: (.+)$/m.exec(await readFile(dotGit, "utf8"))?.[1];
    return target === undefined ? null : resolve(dir, target);
  }
  const bare =
    (await stat(join(dir, "HEAD")).catch(() => null)) && (await stat(join(dir, "objects")).catch(() => null));
  if (bare) return dir;
  return dirname(dir) === dir ? null : findGitDir(dirname(dir));
}
