import type { GitHubAccess } from "./access.ts";
import { orProblem, unlessRefused } from "./errors.ts";

/** Bytes that are read of a log, and milliseconds that it may take. */
const mostBytes = 32 * 1024 * 1024;
const patience = 60_000;

/**
 * What a job of GitHub Actions printed, at most its first 32 MiB; null where it cannot be read. It is what anybody's code
 * printed. https://docs.github.com/en/rest/actions/workflow-jobs#download-job-logs-for-a-workflow-run
 */
export function readJobLog({ octokit, repository }: GitHubAccess, job: number): Promise<string | null> {
  return orProblem({ repository }, async () => {
    // Followed by us: to another host, without our token, and not as much as there is.
    const asked = octokit.rest.actions.downloadJobLogsForWorkflowRun({
      ...{ ...repository, job_id: job, request: { redirect: "manual" } },
    });
    const answer = await unlessRefused(asked as Promise<{ headers: { location?: string } }>);
    const { location } = answer?.headers ?? {};
    return location === undefined ? null : download(location);
  });
}

async function download(url: string): Promise<string | null> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patience) });
    if (!response.ok || response.body === null) return null;
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= mostBytes) break;
    }
    return Buffer.concat(chunks).subarray(0, mostBytes).toString("utf8");
  } catch {
    // Kept elsewhere than the API, and only a help: the check's own words are there.
    return null;
  }
}

/** Characters of what an annotation says at length. */
const mostDetails = 500;

/** What a check remarks on lines, at most fifty, what failed first; [] where it cannot be read. */
export function readAnnotations({ octokit, repository }: GitHubAccess, check: number): Promise<string[]> {
  return orProblem({ repository }, async () => {
    const list = await unlessRefused(
      octokit.rest.checks.listAnnotations({ ...repository, check_run_id: check, per_page: 100 }),
    );
    const isFailure = (one: { annotation_level: string | null }) => one.annotation_level === "failure";
    const all = list?.data ?? [];
    return [...all.filter(isFailure), ...all.filter((one) => !isFailure(one))].slice(0, 50).map((one) => {
      const level = isFailure(one) ? "" : `${one.annotation_level}: `;
      const details = one.raw_details ? `\n${one.raw_details.slice(0, mostDetails)}` : "";
      return `${one.path}:${one.start_line}: ${level}${one.message}${details}`;
    });
  });
}
