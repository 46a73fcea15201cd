import type { GitHubAccess } from "./access.ts";
import { limitWait, orProblem, statusOf } from "./errors.ts";

/** One check of a commit, as it stands: a check run or a status. */
export interface CommitCheck {
  readonly name: string;
  /** The App that reported it, e.g. `github-actions`; null: a status. */
  readonly app: string | null;
  /** `stopped`: it ended without saying whether the commit is good, e.g. cancelled, or waits for a person. */
  readonly state: "pending" | "green" | "red" | "stopped";
  /** It said both on this very commit: failed once and passed once. */
  readonly flaky: boolean;
  /** The check run's number, by which its job and its remarks are found; null: a status. */
  readonly id: number | null;
  /** What it says of itself: anybody's words. */
  readonly said: string;
}

export interface CommitChecks {
  readonly checks: readonly CommitCheck[];
  /** What could not be read for want of a right. */
  readonly unread: readonly ("check runs" | "statuses")[];
}

/** All but our own, of at most so many. */
const most = 1000;
const ownName = "firstdraft";
const workflows = "github-actions[bot]";

/** The checks that others report on a commit, the newest of each, by name. */
export function readChecks(access: GitHubAccess, sha: string): Promise<CommitChecks> {
  return orProblem(access, async () => {
    const runs = await unlessRefused(checkRuns(access, sha));
    const statuses = await unlessRefused(statusesOf(access, sha));
    const checks = [...(runs ?? []), ...(statuses ?? [])].sort((left, right) =>
      left.name < right.name ? -1 : 1,
    );
    const unread = [
      ...(runs === null ? (["check runs"] as const) : []),
      ...(statuses === null ? (["statuses"] as const) : []),
    ];
    return { checks, unread };
  });
}

async function checkRuns({ octokit, repository, login }: GitHubAccess, ref: string): Promise<CommitCheck[]> {
  // Those that were run again too: only they show that the same commit did both.
  const parameters = { ...repository, ref, filter: "all" as const, per_page: 100 };
  const all = await octokit.paginate(octokit.rest.checks.listForRef, parameters);
  const others = all
    .slice(0, most)
    // In the Action our own job is among them, whose token is not always the workflow's.
    .filter(({ app, name }) => name !== ownName || ![login, workflows].includes(`${app?.slug}[bot]`));
  // Two workflows may have a job of one name, and are not each other's second run: each has a suite of its own.
  const groups = Map.groupBy(others, (run) => JSON.stringify([run.app?.slug, run.name, run.check_suite?.id]));
  return [...groups.values()].map((runs) => {
    const [newest] = runs.toSorted((left, right) => right.id - left.id);
    if (newest === undefined) throw new Error("a group has a first");
    const states = new Set(runs.map(stateOf));
    return {
      ...{ name: newest.name, app: newest.app?.slug ?? null, id: newest.id, state: stateOf(newest) },
      flaky: states.has("green") && states.has("red"),
      said: [newest.output?.title, newest.output?.summary].filter((text) => text).join("\n\n"),
    };
  });
}

function stateOf({
  status,
  conclusion,
}: {
  readonly status: string;
  readonly conclusion: string | null;
}): CommitCheck["state"] {
  if (status !== "completed") return "pending";
  if (["success", "neutral", "skipped"].includes(conclusion ?? "")) return "green";
  return ["failure", "timed_out", "startup_failure"].includes(conclusion ?? "") ? "red" : "stopped";
}

async function statusesOf({ octokit, repository }: GitHubAccess, ref: string): Promise<CommitCheck[]> {
  const list = await octokit.paginate(octokit.rest.repos.listCommitStatusesForRef, {
    ...repository,
    ref,
    per_page: 100,
  });
  // Newest first.
  const groups = Map.groupBy(list.slice(0, most), ({ context }) => context);
  return [...groups].map(([name, [newest, ...older]]) => {
    const states = [newest, ...older].map((one) => ofStatus(one?.state));
    return {
      ...{ name, app: null, id: null, state: states[0] ?? "stopped", said: newest?.description ?? "" },
      flaky: states.includes("green") && states.includes("red"),
    };
  });
}

function ofStatus(state: string | undefined): CommitCheck["state"] {
  if (state === "pending") return "pending";
  return state === "success" ? "green" : "red";
}

/** Null where the installation has not that right: an older one goes on as before. */
export async function unlessRefused<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if ([403, 404, 422].includes(statusOf(error) ?? 0) && limitWait(error) === null) return null;
    throw error;
  }
}
