import { listFiles } from "../workspace/list-files.ts";
import { readFile } from "../workspace/read-file.ts";
import type { Repository } from "../workspace/types.ts";

/** One tree of a repository, as far as finding its toolchain needs it. */
export interface Look {
  readonly paths: readonly string[];
  /** The text of a file; null if there is none. */
  read(path: string): Promise<string | null>;
}

/** Looks at `tree` through git, without a checkout. */
export async function lookAt(repository: Repository, tree: string): Promise<Look> {
  const files = await listFiles(repository, tree);
  const texts = new Map<string, Promise<string | null>>();
  return {
    paths: files.map((file) => file.path),
    read: (path) => {
      const text = texts.get(path) ?? readFile(repository, tree, path);
      texts.set(path, text);
      return text;
    },
  };
}

/** The parsed `package.json`-like file, or an empty object where it is missing or broken. */
export async function readJson(look: Look, path: string): Promise<Record<string, unknown>> {
  const text = look.paths.includes(path) ? await look.read(path) : null;
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return asRecord(value);
  } catch {
    // A broken manifest is the repository's own business: its setup will say so.
    return {};
  }
}

/** `value` if it is a plain object, else an empty one. */
export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
