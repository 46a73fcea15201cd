import { z } from "zod";
import type { GitHubAccess } from "./access.ts";
import { deleteRef } from "./delete-ref.ts";
import { limitWait, messageOf, orProblem, statusOf } from "./errors.ts";

const kept = z.object({
  /** The run that made it, as its commit says. */
  run: z.string(),
  /** The commit that it was proved against. */
  base: z.string().regex(/^[0-9a-f]{40}$/),
  /** The commit that it is on top of, where that is not its base. */
  revises: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .nullable()
    .default(null),
  verdict: z.enum(["verified", "tests-pass", "unverified", "failed"]),
  /** Dollars; null where the model's price is unknown. */
  usd: z.number().nullable(),
  size: z.object({ files: z.number(), added: z.number(), removed: z.number() }),
  /** What the pull request says while it shows this attempt. */
  title: z.string(),
  body: z.string(),
});

/** One attempt at an issue, as it was published: all that a pull request needs to show it again. */
export interface Attempt extends z.infer<typeof kept> {
  /** Counted from 1. */
  readonly number: number;
  readonly commit: string;
}

/** More than an issue ever has; so many requests at most. */
const mostRead = 50;

const refOf = (issue: number, attempt: number | "") => `firstdraft/issue-${issue}/attempt-${attempt}`;

/**
 * The attempts at an issue that were kept, first to last. Each is an annotated tag, below `refs/firstdraft/` where neither
 * branches nor tags are: git fetches it for nobody who does not ask, and its commit is never collected.
 */
export function readAttempts(access: GitHubAccess, issue: number): Promise<Attempt[]> {
  const { octokit, repository } = access;
  return orProblem(access, async () => {
    const { data } = await octokit.rest.git.listMatchingRefs({ ...repository, ref: refOf(issue, "") });
    const attempts: Attempt[] = [];
    for (const { ref, object } of data.slice(0, mostRead)) {
      const number = Number(/\/attempt-([1-9]\d{0,3})$/.exec(ref)?.[1] ?? 0);
      const found = number > 0 && object.type === "tag" ? await readTag(access, object.sha) : null;
      if (found !== null) attempts.push({ ...found, number });
    }
    return attempts.sort((left, right) => left.number - right.number);
  });
}

async function readTag(
  { octokit, repository }: GitHubAccess,
  sha: string,
): Promise<Omit<Attempt, "number"> | null> {
  const { data } = await octokit.rest.git.getTag({ ...repository, tag_sha: sha });
  const parsed = kept.safeParse(jsonIn(data.message));
  return parsed.success && data.object.type === "commit" ? { ...parsed.data, commit: data.object.sha } : null;
}

function jsonIn(message: string): unknown {
  try {
    return JSON.parse(message.slice(message.indexOf("\n\n")));
  } catch {
    // Somebody else's tag in our place.
    return null;
  }
}

/** Keeps an attempt. Returns null, or why GitHub does not let it: what was published stands without it. */
export function keepAttempt(access: GitHubAccess, issue: number, attempt: Attempt): Promise<string | null> {
  const { octokit, repository } = access;
  const { number, commit, ...facts } = attempt;
  return orProblem(access, async () => {
    const message = `Attempt ${number} at issue ${issue}, as firstdraft published it.\n\n${JSON.stringify(facts)}\n`;
    try {
      const tag = `firstdraft-issue-${issue}-attempt-${number}`;
      const { data } = await octokit.rest.git.createTag({
        ...{ ...repository, tag, message, object: commit, type: "commit" },
      });
      await octokit.rest.git.createRef({
        ...{ ...repository, ref: `refs/${refOf(issue, number)}`, sha: data.sha },
      });
      return null;
    } catch (error) {
      if (![403, 404, 409, 422].includes(statusOf(error) ?? 0) || limitWait(error) !== null) throw error;
      // A request of ours whose answer was lost has made it.
      const made = (await readAttempts(access, issue)).some((one) => one.commit === commit);
      return made ? null : messageOf((error as { response?: { data?: unknown } }).response?.data);
    }
  });
}

/** Forgets an attempt, if it is there. */
export function dropAttempt(access: GitHubAccess, issue: number, attempt: number): Promise<void> {
  return orProblem(access, () => deleteRef(access, refOf(issue, attempt)));
}
