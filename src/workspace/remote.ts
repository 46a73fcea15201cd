import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { RepositoryName } from "../job/job.ts";
import { Problem } from "../log/problem.ts";
import { git } from "./git.ts";
import { makeGitDir } from "./git-dir.ts";
import { takeIn } from "./incoming.ts";
import { requirePlainNames, requirePlainUrl } from "./names.ts";

export interface RemoteOptions {
  /** HTTP(S), without credentials. */
  readonly remoteUrl: string;
  /** Objects are kept below it and shared by all runs. */
  readonly cacheDir: string;
  readonly name: RepositoryName;
  readonly token?: () => Promise<string>;
  readonly signal?: AbortSignal;
  /** Seconds below 1 kB/s after which a transfer is given up; default 60. */
  readonly stallSeconds?: number;
  /** Most MiB that one transfer may bring; absent: any. */
  readonly maxMib?: number;
}

/** A git directory of this run's own, and the server that it is filled from. */
export interface Remote {
  readonly gitDir: string;
  /** Where the repository's objects are kept. */
  readonly cache: string;
  /**
   * Fetches without history. Throws `branch-missing` or `commit-gone` for what the server does not have, and
   * `repository-fetch-too-large`.
   */
  fetch(refspecs: readonly string[]): Promise<void>;
  /** Whether the server has any commit at all. */
  isEmpty(): Promise<boolean>;
}

const maxFetchMs = 20 * 60 * 1000;

/**
 * Every call gets a git directory of its own over an object store that all runs share (git only ever adds to one), so two
 * at once need no lock.
 */
export async function openRemote(options: RemoteOptions): Promise<Remote> {
  const { name } = options;
  requirePlainNames(name);
  const url = requirePlainUrl(options.remoteUrl);
  const cache = join(resolve(options.cacheDir), name.owner, name.repo);
  const gitDir = await prepare(cache);
  const deadline = AbortSignal.timeout(maxFetchMs);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  const secret = await authorization(url, options.token);
  const remote = { gitDir, signal, ...secret, explain: explain(name) };
  const { maxMib = Number.POSITIVE_INFINITY } = options;
  const stall = options.stallSeconds ?? 60;
  const slow = ["-c", "http.lowSpeedLimit=1000", "-c", `http.lowSpeedTime=${stall}`];
  const quiet = ["--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head"];
  return {
    ...{ gitDir, cache },
    async fetch(refspecs) {
      const args = [...slow, "fetch", ...quiet, "--no-auto-maintenance", url.href, ...refspecs];
      const place = { gitDir, objects: join(cache, "objects"), maxBytes: maxMib * 2 ** 20 };
      let stopped: AbortSignal | undefined;
      await takeIn(place, async ({ folder, tooMuch }) => {
        stopped = tooMuch;
        const env = { ...secret.env, GIT_OBJECT_DIRECTORY: folder };
        await git(args, { ...remote, env, signal: AbortSignal.any([signal, tooMuch]) });
      }).catch((error: unknown) => {
        if (deadline.aborted) throw new Problem("git-unreachable", { repository: label(name) });
        if (stopped?.aborted && options.signal?.aborted !== true)
          throw new Problem("repository-fetch-too-large", { repository: label(name), mib: maxMib });
        throw error;
      });
    },
    isEmpty: async () => (await git([...slow, "ls-remote", url.href], remote)).length === 0,
  };
}

/** A git directory over the shared objects that already knows the tip of the run before, so that only news is sent. */
async function prepare(cache: string): Promise<string> {
  await mkdir(join(cache, "objects", "pack"), { recursive: true, mode: 0o700 });
  const gitDir = await makeGitDir(cache);
  await symlink(join(cache, "objects"), join(gitDir, "objects"));
  const previous = await readFile(join(cache, "previous"), "utf8").catch(() => null);
  if (previous !== null) {
    await writeFile(join(gitDir, "shallow"), previous);
    await mkdir(join(gitDir, "refs", "firstdraft"));
    await writeFile(join(gitDir, "refs", "firstdraft", "previous"), previous);
  }
  return gitDir;
}

/** The token travels in the environment of the one process that needs it: not in argv, URL or a file. */
async function authorization(url: URL, token: RemoteOptions["token"]) {
  if (!token) return { env: {} };
  const value = await token();
  const basic = Buffer.from(`x-access-token:${value}`).toString("base64");
  return {
    secrets: [value, basic],
    env: {
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: `http.${url.origin}/.extraheader`,
      GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
    },
  };
}

const explain = (name: RepositoryName) => (text: string) => {
  const repository = label(name);
  if (/couldn't find remote ref/i.test(text))
    return new Problem("branch-missing", { repository, branch: "" });
  const gone = /not our ref ([0-9a-f]{40,64})/.exec(text)?.[1];
  if (gone !== undefined) return new Problem("commit-gone", { repository, commit: gone });
  if (/Authentication failed|could not read (Username|Password)|returned error: 40[13]/i.test(text))
    return new Problem("git-auth", { repository });
  if (/repository '.*' not found|returned error: (404|410)/i.test(text))
    return new Problem("repository-not-found", { repository });
  if (
    /Could not resolve|Failed to connect|timed out|too slow|Connection (refused|reset)|returned error: 5|hung up|early EOF/i.test(
      text,
    )
  )
    return new Problem("git-unreachable", { repository });
  return undefined;
};

export const label = (name: RepositoryName) => `${name.owner}/${name.repo}`;

/** The commit that a ref of ours stands on. */
export async function commitAt(gitDir: string, ref: string): Promise<{ commit: string; tree: string }> {
  const found = await git(["rev-parse", `${ref}^{commit}`, `${ref}^{tree}`], { gitDir });
  const [commit = "", tree = ""] = found.toString().trim().split("\n");
  return { commit, tree };
}
