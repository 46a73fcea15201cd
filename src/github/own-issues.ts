import type { GitHubAccess } from "./access.ts";
import { orProblem } from "./errors.ts";

export interface NewIssue {
  readonly title: string;
  readonly body: string;
  /** The last line of its body, by which it is found again. */
  readonly marker: string;
}

/** Numbers of the issues that we have made already, by their markers. */
export function ownIssues(
  access: GitHubAccess,
  markers: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { octokit, repository, login } = access;
  return orProblem(access, async () => {
    const found = new Map<string, number>();
    const list = octokit.paginate.iterator(octokit.rest.issues.listForRepo, {
      ...{ ...repository, creator: login, state: "all", per_page: 100 },
    });
    for await (const { data } of list)
      for (const { user, body, number } of data) {
        const marker = markers.find((one) => body?.trimEnd().endsWith(one));
        // Anybody can copy a marker.
        if (marker !== undefined && user?.login.toLowerCase() === login.toLowerCase())
          found.set(marker, number);
      }
    return found;
  });
}

/** Makes an issue, and returns its number. Asked once: where the answer is lost, `ownIssues` finds it. */
export function makeIssue(access: GitHubAccess, { title, body, marker }: NewIssue): Promise<number> {
  return orProblem(access, async () => {
    const { data } = await access.octokit.rest.issues.create({
      ...{ ...access.repository, title, body: `${body}\n\n${marker}\n`, request: { retries: 0 } },
    });
    return data.number;
  });
}
