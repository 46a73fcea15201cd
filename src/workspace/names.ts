import type { RepositoryName } from "../job/job.ts";
import { Problem } from "../log/problem.ts";

/** Narrower than git's own rules: what a shell, an option parser or a path could read otherwise is refused. */
const branchName = /^(?![-./])(?!.*(\.\.|\/\/|\/\.|@\{|\.lock(\/|$)))[A-Za-z0-9._/+@#=,-]{1,200}(?<![/.])$/;
const ownerName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
const repositoryName = /^(?!\.{1,2}$)(?!-)[A-Za-z0-9._-]{1,100}$/;

/** Throws a Problem for a name that git, the file system or a URL could take for something else. */
export function requirePlainNames(name: RepositoryName, branch?: string): void {
  if (!ownerName.test(name.owner) || !repositoryName.test(name.repo))
    throw new Problem("repository-name-refused", { name: visible(`${name.owner}/${name.repo}`) });
  if (branch !== undefined && (!branchName.test(branch) || branch === "@"))
    throw new Problem("branch-name-refused", { branch: visible(branch) });
}

/** Throws a Problem unless `url` is plain HTTP(S) without credentials in it. */
export function requirePlainUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const plain =
    parsed !== null &&
    /^https?:$/.test(parsed.protocol) &&
    `${parsed.username}${parsed.password}${parsed.search}${parsed.hash}` === "" &&
    /^[\x21-\x7e]+$/.test(url);
  if (!plain) throw new Problem("remote-url-refused");
  return parsed;
}

/** A revision that a person typed; refused if git could take it for an option. */
export function requirePlainRevision(rev: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (rev === "" || rev.startsWith("-") || /[\x00-\x20\x7f]/.test(rev) || rev.length > 500)
    throw new Problem("revision-unknown", { rev: visible(rev) });
}

/** Throws a Problem unless `commit` is a full SHA. */
export function requirePlainCommit(commit: string): void {
  if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit))
    throw new Problem("revision-unknown", { rev: visible(commit) });
}

function visible(text: string): string {
  return JSON.stringify(text.slice(0, 80)).slice(1, -1);
}
