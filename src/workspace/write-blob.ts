import { git } from "./git.ts";
import type { Repository } from "./types.ts";

/** Puts `text` among the repository's objects as it is, and returns its blob SHA. */
export async function writeBlob(repository: Repository, text: string): Promise<string> {
  const args = ["hash-object", "-w", "--no-filters", "--stdin"];
  return (await git(args, { gitDir: repository.gitDir, input: text })).toString().trim();
}
