import type { ProbotOctokit } from "probot";
import type { Job } from "../job/job.ts";

export interface TokenWish {
  /** Absent: all that the App has. */
  readonly permissions?: { readonly contents: "read"; readonly metadata: "read" };
  /** The last one was not accepted. */
  readonly renew?: boolean;
}

type App = InstanceType<typeof ProbotOctokit>;

/** Milliseconds that a token has to live on when it is handed out; GitHub gives it an hour. */
const reserve = 10 * 60_000;

/** Tokens for a job's repository and no other. `app` speaks as the App itself. */
export function installationTokens(
  app: App,
  { repository, installationId }: Pick<Job, "repository" | "installationId">,
) {
  const kept = new Map<string, { token: string; until: number }>();
  return async ({ permissions, renew = false }: TokenWish = {}): Promise<string> => {
    const key = Object.keys(permissions ?? {}).join();
    const known = kept.get(key);
    if (known && !renew && Date.now() + reserve < known.until) return known.token;
    const { data } = await app.rest.apps.createInstallationAccessToken({
      installation_id: installationId ?? 0,
      repositories: [repository.repo],
      ...(permissions ? { permissions } : {}),
    });
    kept.set(key, { token: data.token, until: Date.parse(data.expires_at) });
    return data.token;
  };
}
