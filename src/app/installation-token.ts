import type { ProbotOctokit } from "probot";
import type { Job } from "../job/job.ts";
import type { Rights } from "./rights.ts";

export interface TokenWish {
  readonly permissions: Rights;
  /** The last one was not accepted. */
  readonly renew?: boolean;
}

type App = InstanceType<typeof ProbotOctokit>;

/** Milliseconds that a token has to live on when it is handed out; GitHub gives it an hour. */
const reserve = 10 * 60_000;

/** Tokens for a job's repository and no other, each with the rights of one kind of request. `app` speaks as the App itself. */
export function installationTokens(
  app: App,
  { repository, repositoryId, installationId }: Pick<Job, "repository" | "repositoryId" | "installationId">,
) {
  const kept = new Map<string, { token: string; until: number }>();
  // By its name it could be another one: names are given up, and taken by others.
  const only =
    repositoryId === undefined ? { repositories: [repository.repo] } : { repository_ids: [repositoryId] };
  return async ({ permissions, renew = false }: TokenWish): Promise<string> => {
    const key = JSON.stringify(permissions);
    const known = kept.get(key);
    if (known && !renew && Date.now() + reserve < known.until) return known.token;
    const { data } = await app.rest.apps.createInstallationAccessToken({
      ...{ installation_id: installationId ?? 0, ...only, permissions },
    });
    kept.set(key, { token: data.token, until: Date.parse(data.expires_at) });
    return data.token;
  };
}
