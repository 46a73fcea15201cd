import { listFiles } from "../workspace/list-files.ts";
import { readFile } from "../workspace/read-file.ts";
import type { Repository } from "../workspace/types.ts";

/** One tree of a repository, as far as finding its toolchain needs it. */
export interface Look {
  readonly paths: readonly string[];
  /** The text of a file; null if there is none. */
  read(path: string): Promise<string | null>;
}

/** What a finder has to know of the folders below and above the one that it looks at. */
export interface Around {
  /** The look without the folders below that are tested by themselves; default: there are none. */
  own?(): Promise<Look>;
  /** The package manager of the workspace that the folder belongs to. */
  readonly manager?: PackageManager;
}

export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

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

/** `look` as it is seen from `folder`, without what lies in the folders `without`. */
export function lookInto(look: Look, folder: string, without: readonly string[] = []): Look {
  const top = folder === "" ? "" : `${folder}/`;
  return {
    paths: look.paths
      .filter((path) => path.startsWith(top) && !without.some((other) => path.startsWith(`${other}/`)))
      .map((path) => path.slice(top.length)),
    read: (path) => look.read(top + path),
  };
}
