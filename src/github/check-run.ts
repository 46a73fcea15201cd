import type { GitHubAccess } from "./access.ts";
import { orProblem, statusOf } from "./errors.ts";

export interface CheckRun {
  readonly headSha: string;
  readonly conclusion: "success" | "neutral" | "failure";
  readonly title: string;
  readonly summary: string;
  readonly text?: string;
  readonly annotations?: readonly Annotation[];
}

export interface Annotation {
  readonly path: string;
  readonly line: number;
  readonly level: "notice" | "warning" | "failure";
  readonly message: string;
}

/** `unavailable`: only Apps may write check runs, and only with that permission; a personal token may not. */
export type CheckRunResult = { readonly url: string } | { readonly unavailable: string };

const name = "firstdraft";
/** Source: https://docs.github.com/en/rest/checks/runs#create-a-check-run */
const longest = 65_535;
const mostAnnotations = 50;

/** Writes the one check run on a commit, or says that it may not. */
export function upsertCheckRun(access: GitHubAccess, check: CheckRun): Promise<CheckRunResult> {
  const { octokit, repository } = access;
  return orProblem(access, async () => {
    const fields = {
      ...repository,
      name,
      status: "completed" as const,
      conclusion: check.conclusion,
      output: outputOf(check),
    };
    try {
      const found = await findOwn(access, check.headSha);
      const { data } = found
        ? await octokit.rest.checks.update({ ...fields, check_run_id: found })
        : await octokit.rest.checks.create({ ...fields, head_sha: check.headSha, request: { retries: 0 } });
      return { url: data.html_url ?? "" };
    } catch (error) {
      if (statusOf(error) !== 403 || !isNoPermission(error)) throw error;
      return { unavailable: (error as Error).message };
    }
  });
}

/** Another App may use the same name; ours is the one by our own App. */
async function findOwn({ octokit, repository, login }: GitHubAccess, ref: string): Promise<number | null> {
  const { data } = await octokit.rest.checks.listForRef({
    ...repository,
    ref,
    check_name: name,
    per_page: 100,
  });
  return data.check_runs.find(({ app }) => `${app?.slug}[bot]` === login)?.id ?? null;
}

function outputOf({ title, summary, text, annotations = [] }: CheckRun) {
  return {
    title: title.slice(0, 255),
    summary: summary.slice(0, longest),
    ...(text === undefined ? {} : { text: text.slice(0, longest) }),
    annotations: annotations.slice(0, mostAnnotations).map(({ path, line, level, message }) => ({
      path,
      start_line: line,
      end_line: line,
      annotation_level: level,
      message,
    })),
  };
}

function isNoPermission(error: unknown): boolean {
  return /not accessible|must authenticate via a github app|forbidden/i.test((error as Error).message);
}
