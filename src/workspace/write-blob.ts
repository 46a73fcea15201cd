import { git } from "./git.ts";
import type { Repository } from "./types.ts";

/** Puts `content` among the repository's objects as it is, and returns its blob SHA. */
export async function writeBlob(repository: Repository, content: string | Buffer): Promise<string> {
  const args = ["hash-object", "-w", "--no-filters", "--stdin"];
  return (await git(args, { gitDir: repository.gitDir, input: content })).toString().trim();
}
