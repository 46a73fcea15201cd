import { z } from "zod";
import { shortenedPatch } from "../context/shortened-patch.ts";
import type { ShownAttempt } from "../github/shown-attempt.ts";
import { Problem } from "../log/problem.ts";
import { patchBetween } from "../workspace/changes-between.ts";
import { resolveTree } from "../workspace/open-local-repository.ts";
import type { Repository } from "../workspace/types.ts";

const sha = z.string().regex(/^[0-9a-f]{40}$/);

/** The attempt before, as another one is told of it. */
export const previousAttempt = z.object({
  number: z.number(),
  commit: sha,
  /** The commit that it was made from. */
  base: sha,
  /** What it came to and what was found in it, as its pull request says. */
  said: z.string(),
  patch: z.string(),
  later: z.array(z.object({ number: z.number(), verdict: z.string() })),
});

export type PreviousAttempt = z.infer<typeof previousAttempt>;

/** Characters. */
const mostSaid = 6000;
const mostOfPatch = 60_000;

/** The attempt that the pull request shows, for the next one; null where there is none, or its commits are no longer at hand. */
export async function previousOf(
  shown: ShownAttempt | null,
  repository: Repository,
): Promise<PreviousAttempt | null> {
  if (shown === null) return null;
  const { number, commit, base, body, later } = shown;
  const [from, to] = [await treeAt(repository, base), await treeAt(repository, commit)];
  if (from === null || to === null) return null;
  const patch = shortenedPatch(await patchBetween(repository, from, to), mostOfPatch);
  return { number, commit, base, said: firstScreenOf(body), patch, later: [...later] };
}

/** Verdict, evidence and findings: what is folded, and the markers, say nothing more of why it was not enough. */
function firstScreenOf(body: string): string {
  const [text = ""] = body.split(/^<details>/m, 1);
  return text
    .replace(/<!--[\s\S]*?-->/g, "")
    .trim()
    .slice(0, mostSaid)
    .toWellFormed();
}

/** null: the commit is not at hand. */
async function treeAt(repository: Repository, commit: string): Promise<string | null> {
  return resolveTree(repository, commit).catch((error: unknown) => {
    if (error instanceof Problem && error.code === "revision-unknown") return null;
    throw error;
  });
}
