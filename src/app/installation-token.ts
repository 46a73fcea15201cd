import type { ProbotOctokit } from "probot";
import { limitWait, statusOf } from "../github/errors.ts";
import type { Job } from "../job/job.ts";
import { Problem } from "../log/problem.ts";
import type { Rights } from "./rights.ts";

export interface TokenWish {
  readonly permissions: Rights;
  /** The last one was not accepted. */
  readonly renew?: boolean;
}

type App = InstanceType<typeof ProbotOctokit>;

/**
 * Milliseconds for which a token is handed out; GitHub gives it an hour. By our own count: by the time that GitHub says a
 * clock that was set back would hand it out for longer.
 */
const kept = 50 * 60_000;

/**
 * Tokens for a job's repository and no other, each with the rights of one kind of request. `app` speaks as the App itself.
 * Throw `installation-gone` where the App was uninstalled or suspended.
 */
export function installationTokens(
  app: App,
  { repository, repositoryId, installationId }: Pick<Job, "repository" | "repositoryId" | "installationId">,
) {
  const minted = new Map<string, { token: string; until: number }>();
  // By its name it could be another one: names are given up, and taken by others.
  const only =
    repositoryId === undefined ? { repositories: [repository.repo] } : { repository_ids: [repositoryId] };
  return async ({ permissions, renew = false }: TokenWish): Promise<string> => {
    const key = JSON.stringify(permissions);
    const known = minted.get(key);
    if (known && !renew && performance.now() < known.until) return known.token;
    const { data } = await app.rest.apps
      .createInstallationAccessToken({ installation_id: installationId ?? 0, ...only, permissions })
      .catch((cause) => {
        const status = statusOf(cause) ?? 0;
        if (![403, 404].includes(status) || limitWait(cause) !== null) throw cause;
        const name = `${repository.owner}/${repository.repo}`;
        throw new Problem("installation-gone", { repository: name, said: `${status}` }, { cause });
      });
    minted.set(key, { token: data.token, until: performance.now() + kept });
    return data.token;
  };
}
