import { execFileSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LocalGitHub } from "../../src/demo/github/types.ts";

/** Characters of a secret that count as the secret. */
const window = 12;
const bitmapSize = 1 << 22;

interface Places {
  readonly github: LocalGitHub;
  readonly dataDir: string;
  readonly log: readonly string[];
  readonly asked: readonly string[];
}

/** Everywhere a secret must not be: what was said to GitHub and to the model, git's objects, logs, files. */
export async function tracesOf(secrets: Readonly<Record<string, string>>, places: Places): Promise<string[]> {
  const { github, dataDir, log, asked } = places;
  const holds = finder(Object.values(secrets));
  const found: string[] = [];
  const look = (where: string, content: string | Buffer) => {
    const piece = holds(Buffer.from(content));
    if (piece !== null) found.push(`${where}: ${piece}`);
  };
  for (const [i, line] of log.entries()) look(`log line ${i + 1}`, line);
  for (const [i, body] of asked.entries()) look(`model request ${i + 1}`, body);
  for (const { method, path, body } of github.requests) look(`${method} ${path}`, JSON.stringify(body ?? ""));
  for (const name of new Set(
    github.requests.flatMap(({ path }) => /^\/repos\/acme\/([^/]+)/.exec(path)?.[1] ?? []),
  )) {
    const gitDir = await github.gitDir("acme", name);
    const options = { maxBuffer: 1 << 28 };
    look(
      `git ${name}`,
      execFileSync("git", ["-C", gitDir, "cat-file", "--batch", "--batch-all-objects"], options),
    );
  }
  for (const file of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    if (file.isFile()) look(path, await readFile(path).catch(() => ""));
  }
  return found;
}

/** Returns the first piece of a secret in some bytes. */
function finder(secrets: readonly string[]): (content: Buffer) => string | null {
  const pieces = new Set(secrets.flatMap(lines).flatMap(forms).flatMap(windows));
  // Most positions are told from a piece by their first four bytes: a database has many.
  const starts = new Uint8Array(bitmapSize);
  for (const piece of pieces) starts[Buffer.from(piece).readUInt32LE(0) % bitmapSize] = 1;
  return (content) => {
    for (let i = 0; i + window <= content.length; i++) {
      if (starts[content.readUInt32LE(i) % bitmapSize] === 0) continue;
      const piece = content.toString("latin1", i, i + window);
      if (pieces.has(piece)) return piece;
    }
    return null;
  };
}

function lines(secret: string): string[] {
  return secret.split("\n").filter((line) => line.length >= window && !line.startsWith("-----"));
}

function forms(line: string): string[] {
  const bytes = Buffer.from(line);
  const base64 = [0, 1, 2].flatMap((skipped) => {
    const text = Buffer.concat([Buffer.alloc(skipped), bytes])
      .toString("base64")
      .slice(4, -4);
    return [text, text.replaceAll("+", "-").replaceAll("/", "_")];
  });
  const hex = bytes.toString("hex");
  const reversed = [...line].reverse().join("");
  return [line, reversed, encodeURIComponent(line), hex, hex.toUpperCase(), ...base64];
}

function windows(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - window + 1) }, (_, i) => text.slice(i, i + window));
}
