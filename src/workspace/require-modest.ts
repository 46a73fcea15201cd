import { Problem } from "../log/problem.ts";
import { git } from "./git.ts";

/** Files of one commit: a few objects can name any number of them. */
const mostFiles = 1_000_000;

/**
 * Throws `commit-too-large` where a tree's files have more than `maxMib` MiB together, however small it was to fetch, or are
 * more than a million.
 */
export async function requireModest(
  { gitDir, tree, repository }: { gitDir: string; tree: string; repository: string },
  maxMib: number | undefined,
): Promise<void> {
  if (maxMib === undefined) return;
  const tooLarge = new Problem("commit-too-large", { repository, mib: maxMib, files: mostFiles });
  const list = async (what: string, maxBytes?: number) => {
    const call = { gitDir, ...(maxBytes === undefined ? {} : { maxBytes }) };
    const explain = (text: string) => (/printed more than/.test(text) ? tooLarge : undefined);
    const args = ["ls-tree", "-r", "--full-tree", `--format=%(${what})`, tree];
    return (await git(args, { ...call, explain })).toString().split("\n").slice(0, -1);
  };
  // Counted first: for a size git has to look at the file. A line is `blob`, or `commit`.
  if ((await list("objecttype", mostFiles * 7)).length > mostFiles) throw tooLarge;
  // A repository inside this one has no size.
  const bytes = (await list("objectsize")).reduce((sum, size) => sum + (Number(size) || 0), 0);
  if (bytes > maxMib * 2 ** 20) throw tooLarge;
}
