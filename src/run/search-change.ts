import { isUtf8 } from "node:buffer";
import type { RepositoryConfig } from "../config/types.ts";
import { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import { secretForms } from "../log/secret-forms.ts";
import { hunksBetween } from "../verify/gates/hunks.ts";
import { patchBetween } from "../workspace/changes-between.ts";
import { underGlobs } from "../workspace/globs.ts";
import { readFile } from "../workspace/read-file.ts";
import type { Repository } from "../workspace/types.ts";
import { contentsOf } from "./contents-of.ts";

/** Where a change adds what has the form of a secret. The value itself is told to nobody. */
export interface AddedSecret {
  readonly file: string;
  /** null: in a binary file. */
  readonly line: number | null;
  readonly rule: string;
}

/** A file is compared as a whole, or what stood there already would count as added. */
const mostBytes = 2 ** 30;

export interface Searching {
  readonly redact: Redact;
  readonly config: Pick<RepositoryConfig, "exampleSecrets">;
}

/**
 * What of the lines that `tree` adds to the repository has the form of a secret, outside of the files that may hold
 * examples. Throws `secret-in-change` for a secret of this installation, wherever it is.
 */
export async function searchChange(
  repository: Repository,
  tree: string,
  { redact, config }: Searching,
): Promise<AddedSecret[]> {
  const patch = await patchBetween(repository, repository.tree, tree);
  if (redact.knows(addedIn(patch))) throw new Problem("secret-in-change");
  const mayHold = underGlobs(config.exampleSecrets);
  const found: AddedSecret[] = [];
  for (const { path: file, content } of await contentsOf(repository, tree)) {
    if (content === null) continue;
    const isText = isUtf8(content) && !content.includes(0);
    // A patch has it compressed.
    if (!isText && redact.knows(content.toString("latin1"))) throw new Problem("secret-in-change");
    if (mayHold(file)) continue;
    const before = isText ? await readFile(repository, repository.tree, file, mostBytes) : null;
    const added = isText ? addedLines(before ?? "", content.toString()) : [];
    const text = isText ? added.map(({ text }) => text).join("\n") : content.toString("latin1");
    for (const { rule, start } of secretForms(text))
      found.push({ file, line: added[text.slice(0, start).split("\n").length - 1]?.line ?? null, rule });
  }
  return found;
}

const addedLines = (before: string, after: string) =>
  hunksBetween(before, after).flatMap(({ added }) => added);

/** Throws `secret-form-in-change` for the first of them. */
export function requireNoForms(found: readonly AddedSecret[]): void {
  const [first] = found;
  if (first === undefined) return;
  const { file, line, rule } = first;
  const place = line === null ? file : `${file}:${line}`;
  throw new Problem("secret-form-in-change", { place, rule, more: found.length - 1 });
}

function addedIn(patch: string): string {
  return patch
    .split("\n")
    .filter((line) => line.startsWith("+"))
    .join("\n");
}
