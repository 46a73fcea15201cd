import type { GitHubAccess } from "./access.ts";
import type { CommitCheck } from "./checks.ts";
import { unlessRefused } from "./errors.ts";

/** What is used of GitHub's check run. */
interface Run {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  readonly output: {
    readonly title: string | null;
    readonly summary: string | null;
    readonly text: string | null;
  };
  readonly check_suite: { readonly id: number } | null;
  readonly app: { readonly slug?: string } | null;
}

/** Of a commit's check runs, and of requests for which attempt at its workflow a job was. */
const most = 1000;
const mostAttempts = 50;
const ownName = "firstdraft";
const actions = "github-actions";

/** The check runs that others report on a commit, as they stand; `cut`: there are more than are read. */
export async function readCheckRuns(
  access: GitHubAccess,
  ref: string,
): Promise<{ readonly checks: readonly CommitCheck[]; readonly cut: boolean }> {
  const { octokit, repository, login } = access;
  let read = 0;
  // Those that were run again too: only they show that the same commit did both.
  const all: readonly Run[] = await octokit.paginate(
    octokit.rest.checks.listForRef,
    { ...repository, ref, filter: "all", per_page: 100 },
    ({ data }, done) => {
      read += data.length;
      if (read > most) done();
      return data;
    },
  );
  const others = all
    .slice(0, most)
    // In the Action our own job is among them, whose token is not always the workflow's.
    .filter(({ app, name }) => name !== ownName || ![login, `${actions}[bot]`].includes(`${app?.slug}[bot]`));
  // Two workflows may have a job of one name, and are not each other's second run: each has a suite of its own.
  const groups = Map.groupBy(others, (run) => JSON.stringify([run.app?.slug, run.name, run.check_suite?.id]));
  const attempts = await attemptsAt(access, [...groups.values()].filter(areUnclear).flat());
  const checks = [...groups.values()].flatMap((runs) => standing(runs, attempts));
  return { checks, cut: all.length > most };
}

/** Jobs of one name in one run of a workflow: attempts at it, or a matrix whose jobs share a name, and they do not agree. */
function areUnclear(runs: readonly Run[]): boolean {
  const states = new Set(runs.map(stateOf));
  return runs[0]?.app?.slug === actions && states.size > 1;
}

/** Which attempt at its workflow each job was, where GitHub says it. */
async function attemptsAt(
  { octokit, repository }: GitHubAccess,
  jobs: readonly Run[],
): Promise<ReadonlyMap<number, number>> {
  const attempts = new Map<number, number>();
  for (const { id } of jobs.slice(0, mostAttempts)) {
    const asked = octokit.rest.actions.getJobForWorkflowRun({ ...repository, job_id: id });
    const attempt = (await unlessRefused(asked))?.data.run_attempt;
    if (attempt !== undefined) attempts.set(id, attempt);
  }
  return attempts;
}

/** The runs of one name in one suite that no later one has taken the place of. */
function standing(runs: readonly Run[], attempts: ReadonlyMap<number, number>): CommitCheck[] {
  const isReplaced = (run: Run, by: Run): boolean => {
    if (run.app?.slug !== actions) return run.id < by.id;
    const [before, after] = [attempts.get(run.id), attempts.get(by.id)];
    if (before !== undefined && after !== undefined) return before < after;
    // Those of a matrix run side by side; what is run again begins when the first has ended.
    return run.id < by.id && Date.parse(run.completed_at ?? "") <= Date.parse(by.started_at ?? "");
  };
  const stand = runs.filter((run) => !runs.some((by) => isReplaced(run, by)));
  const before = new Set(runs.filter((run) => !stand.includes(run)).map(stateOf));
  return stand.map((run) => {
    const { id, name, app, output } = run;
    const state = stateOf(run);
    const other = state === "red" ? "green" : "red";
    return {
      ...{ id, name, app: app?.slug ?? null, state },
      flaky: (state === "red" || state === "green") && before.has(other),
      said: [output?.title, output?.summary].filter((text) => text).join("\n\n"),
      text: output?.text ?? "",
    };
  });
}

/** What did not begin says nothing of the commit, nor does what GitHub or a person has stopped, or a word that is new to us. */
const words: Readonly<Record<string, CommitCheck["state"]>> = {
  ...{ success: "green", skipped: "skipped", neutral: "neutral" },
  ...{ failure: "red", timed_out: "red" },
};

function stateOf({ status, conclusion }: Pick<Run, "status" | "conclusion">): CommitCheck["state"] {
  return status === "completed" ? (words[conclusion ?? ""] ?? "stopped") : "pending";
}
