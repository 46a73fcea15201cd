import { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import { patchBetween } from "../workspace/changes-between.ts";
import type { Repository } from "../workspace/types.ts";

/** Throws `secret-in-change` where what `tree` adds to the repository holds a secret of this installation. */
export async function requireNoSecret(repository: Repository, tree: string, redact: Redact): Promise<void> {
  const patch = await patchBetween(repository, repository.tree, tree);
  if (redact.knows(addedLines(patch))) throw new Problem("secret-in-change");
}

function addedLines(patch: string): string {
  return patch
    .split("\n")
    .filter((line) => line.startsWith("+"))
    .join("\n");
}
