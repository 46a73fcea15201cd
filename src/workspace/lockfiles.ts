import { basename } from "node:path";
import type { FileChange } from "./types.ts";

/** Lockfiles, each with the manifests from which its package manager makes it. */
const lockfiles: readonly { readonly lock: RegExp; readonly manifest: RegExp }[] = [
  {
    lock: /^(package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/,
    manifest: /^(package\.json|pnpm-workspace\.yaml)$/,
  },
  { lock: /^(poetry\.lock|uv\.lock|pdm\.lock|Pipfile\.lock)$/, manifest: /^(pyproject\.toml|Pipfile)$/ },
  { lock: /^go\.(work\.)?sum$/, manifest: /^go\.(mod|work)$/ },
  { lock: /^Cargo\.lock$/, manifest: /^Cargo\.toml$/ },
  { lock: /^gradle\.lockfile$/, manifest: /\.gradle(\.kts)?$|^libs\.versions\.toml$/ },
  { lock: /^composer\.lock$/, manifest: /^composer\.json$/ },
  { lock: /^Gemfile\.lock$/, manifest: /^Gemfile$|\.gemspec$/ },
];

/**
 * Whether a path is a lockfile that changes without any of its manifests, anywhere in the repository. It says where code
 * comes from and which: other addresses or hashes for the same names are seen by nobody who reads the manifests.
 */
export function lockfileAlone(changes: readonly Pick<FileChange, "path">[]): (path: string) => boolean {
  const names = changes.map(({ path }) => basename(path));
  const alone = lockfiles.filter(({ manifest }) => !names.some((name) => manifest.test(name)));
  return (path) => alone.some(({ lock }) => lock.test(basename(path)));
}
