import type { GitHubAccess } from "./access.ts";
import { readCheckRuns } from "./check-runs.ts";
import { orProblem, unlessRefused } from "./errors.ts";

/** One check of a commit, as it stands: a check run or a status. */
export interface CommitCheck {
  readonly name: string;
  /** The App that reported it, e.g. `github-actions`; null: a status. */
  readonly app: string | null;
  /** `stopped`: it ended without saying whether the commit is good, e.g. cancelled, or waits for a person. */
  readonly state: "pending" | "green" | "skipped" | "neutral" | "red" | "stopped";
  /** It has said the opposite of this very commit before: failed once and passed once. */
  readonly flaky: boolean;
  /** The check run's number, by which its job and its remarks are found; null: a status. */
  readonly id: number | null;
  /** What it says of itself, and at length: anybody's words. */
  readonly said: string;
  readonly text: string;
}

/** What can be read of a commit's checks, by GitHub's words for their kinds. */
export type Kind = "check runs" | "statuses";

export interface CommitChecks {
  readonly checks: readonly CommitCheck[];
  /** What could not be read for want of a right. */
  readonly unread: readonly Kind[];
  /** Of what there are more than are read. */
  readonly cut: readonly Kind[];
}

/** Statuses that are read. */
const most = 1000;

/** The checks that others report on a commit, the newest of each, by name. */
export function readChecks(access: GitHubAccess, sha: string): Promise<CommitChecks> {
  return orProblem(access, async () => {
    const read = [
      ["check runs", await unlessRefused(readCheckRuns(access, sha))],
      ["statuses", await unlessRefused(statusesOf(access, sha))],
    ] as const;
    return {
      checks: read
        .flatMap(([, found]) => found?.checks ?? [])
        .sort((left, right) => (left.name < right.name ? -1 : 1)),
      unread: read.filter(([, found]) => found === null).map(([kind]) => kind),
      cut: read.filter(([, found]) => found?.cut).map(([kind]) => kind),
    };
  });
}

async function statusesOf({ octokit, repository }: GitHubAccess, ref: string) {
  let read = 0;
  // Newest first.
  const list = await octokit.paginate(
    octokit.rest.repos.listCommitStatusesForRef,
    { ...repository, ref, per_page: 100 },
    ({ data }, done) => {
      read += data.length;
      if (read > most) done();
      return data;
    },
  );
  const groups = Map.groupBy(list.slice(0, most), ({ context }) => context);
  const checks = [...groups].map(([name, [newest, ...older]]): CommitCheck => {
    const state = ofStatus(newest?.state);
    const other = state === "red" ? "green" : "red";
    return {
      ...{ name, app: null, id: null, state, said: newest?.description ?? "", text: "" },
      flaky: (state === "red" || state === "green") && older.some((one) => ofStatus(one.state) === other),
    };
  });
  return { checks, cut: list.length > most };
}

function ofStatus(state: string | undefined): CommitCheck["state"] {
  if (state === "pending") return "pending";
  if (state === "success") return "green";
  return state === "failure" || state === "error" ? "red" : "stopped";
}
