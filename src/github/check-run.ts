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
  /** The last line, where it is about several. */
  readonly endLine?: number;
  readonly level: "notice" | "warning" | "failure";
  readonly message: string;
}

/** `unavailable`: only Apps may write check runs, and only with that permission; a personal token may not. */
export type CheckRunResult = { readonly url: string } | { readonly unavailable: string };

const name = "firstdraft";
/** Source: https://docs.github.com/en/rest/checks/runs#create-a-check-run */
const longest = 65_535;
/** In one request. */
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
    };
    try {
      const found = await findOwn(access, check.headSha);
      const annotations = found === null ? [] : await annotationsOf(access, found);
      const output = outputOf(check, annotations);
      const { data } = found
        ? await octokit.rest.checks.update({ ...fields, output, check_run_id: found })
        : await octokit.rest.checks.create({
            ...fields,
            output,
            head_sha: check.headSha,
            request: { retries: 0 },
          });
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

type ApiAnnotation = ReturnType<typeof toApi>;

/** What stands on its lines already: GitHub adds to that, and takes none of it away. */
async function annotationsOf({ octokit, repository }: GitHubAccess, run: number): Promise<ApiAnnotation[]> {
  const list = await octokit.paginate(octokit.rest.checks.listAnnotations, {
    ...repository,
    check_run_id: run,
    per_page: 100,
  });
  return list as ApiAnnotation[];
}

function outputOf({ title, summary, text, annotations = [] }: CheckRun, there: readonly ApiAnnotation[]) {
  const known = new Set(there.map(keyOf));
  const missing = annotations.map(toApi).filter((annotation) => !known.has(keyOf(annotation)));
  return {
    title: title.slice(0, 255),
    summary: summary.slice(0, longest),
    ...(text === undefined ? {} : { text: text.slice(0, longest) }),
    annotations: missing.slice(0, mostAnnotations),
  };
}

function toApi({ path, line, endLine = line, level, message }: Annotation) {
  return { path, start_line: line, end_line: endLine, annotation_level: level, message };
}

const keyOf = ({ path, start_line, end_line, annotation_level, message }: ApiAnnotation) =>
  JSON.stringify([path, start_line, end_line, annotation_level, message]);

function isNoPermission(error: unknown): boolean {
  return /not accessible|must authenticate via a github app|forbidden/i.test((error as Error).message);
}
