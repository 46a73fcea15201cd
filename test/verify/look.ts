import type { Look } from "../../src/verify/look.ts";

/** A tree of files that need no repository. */
export function look(files: Record<string, string>): Look {
  return { paths: Object.keys(files), read: async (path) => files[path] ?? null };
}

/** A package.json with a script for its tests. */
export function node(script: string | undefined, more: Record<string, unknown> = {}): string {
  return JSON.stringify({ ...(script === undefined ? {} : { scripts: { test: script } }), ...more });
}
