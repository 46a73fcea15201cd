import { spawn } from "node:child_process";
import { readdir, readFile, readlink, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Files } from "./types.ts";

/** No setting of this machine or this user has a say. */
export const gitEnvironment = {
  PATH: process.env.PATH ?? "",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
};

/** Runs git in a bare repository; returns its output, throws with git's own words when it fails. */
export function git(gitDir: string, args: readonly string[], input: string | Buffer = ""): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", ["--git-dir", gitDir, ...args], { env: gitEnvironment });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    child.on("error", reject);
    // git may end before it has read everything.
    child.stdin.on("error", () => {});
    child.on("close", (code) => {
      if (code === 0) resolve(Buffer.concat(output));
      else reject(new Error(`git ${args[0]}: ${Buffer.concat(errors).toString("utf8").trim()}`));
    });
    child.stdin.end(input);
  });
}

export async function initBare(gitDir: string, defaultBranch: string): Promise<void> {
  await git(gitDir, ["init", "--quiet", "--bare", "--initial-branch", defaultBranch, gitDir]);
  const settings = ["http.receivepack", "uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"];
  for (const setting of settings) await git(gitDir, ["config", setting, "true"]);
}

/** Every branch with its commit. */
export async function branches(gitDir: string): Promise<Map<string, string>> {
  const output = await git(gitDir, ["for-each-ref", "--format=%(objectname) %(refname)", "refs/heads"]);
  const lines = output.toString("utf8").split("\n").filter(Boolean);
  return new Map(lines.map((line) => [line.slice(41), line.slice(0, 40)]));
}

/** `refs/heads/main` or the like. */
export async function defaultBranch(gitDir: string): Promise<string> {
  return (await git(gitDir, ["symbolic-ref", "HEAD"])).toString("utf8").trim();
}

interface NewCommit {
  readonly branch: string;
  /** Absent: a first commit. */
  readonly from?: string | undefined;
  readonly login: string;
  readonly message: string;
  readonly files: readonly FileEntry[];
}

interface FileEntry {
  readonly path: string;
  readonly mode: string;
  readonly content: Buffer | null;
}

/** Adds one commit to a branch, as a person's push would; returns its SHA. */
export async function commit(
  gitDir: string,
  { branch, from, login, message, files }: NewCommit,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const parts: (string | Buffer)[] = [
    `commit refs/heads/${branch}\ncommitter ${login} <${login}@users.noreply.github.com> ${now} +0000\n`,
    ...data(Buffer.from(`${message}\n`)),
    from ? `from ${from}\n` : "",
  ];
  for (const { path, mode, content } of files) {
    const quoted = `"${path.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n")}"`;
    if (content === null) parts.push(`D ${quoted}\n`);
    else parts.push(`M ${mode} inline ${quoted}\n`, ...data(content));
  }
  await git(gitDir, ["fast-import", "--quiet"], Buffer.concat(parts.map((part) => Buffer.from(part))));
  return (await git(gitDir, ["rev-parse", `refs/heads/${branch}`])).toString("utf8").trim();
}

const data = (content: Buffer): (string | Buffer)[] => [`data ${content.length}\n`, content, "\n"];

export function entriesOf(files: Files): FileEntry[] {
  return Object.entries(files).map(([path, content]) => ({
    path,
    mode: "100644",
    content: content === null ? null : Buffer.from(content),
  }));
}

/** All files below a folder, without any `.git`. */
export async function readFolder(folder: string): Promise<FileEntry[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((item) => !item.isDirectory());
  const entries = await Promise.all(
    files.map(async (item): Promise<FileEntry> => {
      const full = join(item.parentPath, item.name);
      const path = full.slice(folder.length).replace(/^\/+/, "");
      if (item.isSymbolicLink()) return { path, mode: "120000", content: Buffer.from(await readlink(full)) };
      const executable = ((await stat(full)).mode & 0o100) !== 0;
      return { path, mode: executable ? "100755" : "100644", content: await readFile(full) };
    }),
  );
  return entries.filter(({ path }) => !path.split("/").includes(".git"));
}
