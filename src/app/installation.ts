import { setTimeout as delay } from "node:timers/promises";
import { type Probot, ProbotOctokit } from "probot";
import type { GitHubAccess, Octokit } from "../github/access.ts";
import { fetchInTime, notRetried, remoteUrlOf } from "../github/connect.ts";
import { statusOf } from "../github/errors.ts";
import type { Job } from "../job/job.ts";
import { publicApi } from "./environment.ts";
import { installationTokens } from "./installation-token.ts";
import { fetching, rightsFor } from "./rights.ts";

/** Longest wait for a rate limit, in seconds; a run that would wait longer is done again later. */
const longestWait = 120;

/** Access to a job's repository, and to that one only, as the App's installation there. */
export async function connectInstallation(
  probot: Probot,
  job: Pick<Job, "repository" | "repositoryId" | "installationId">,
  { apiUrl, login }: { apiUrl: string; login: string },
): Promise<GitHubAccess> {
  const token = installationTokens(await probot.auth(), job);
  return {
    octokit: octokitOf(probot, token, apiUrl),
    repository: job.repository,
    token: () => token({ permissions: fetching }),
    remoteUrl: remoteUrlOf(apiUrl, job.repository),
    login,
  };
}

function octokitOf({ log }: Probot, token: ReturnType<typeof installationTokens>, apiUrl: string): Octokit {
  const mayWait = (seconds: number, _options: object, _octokit: unknown, retries: number) =>
    seconds <= longestWait && retries < 2;
  // GitHub Enterprise Server has no limits unless its administrator sets some.
  const throttle = apiUrl === publicApi;
  const octokit = new ProbotOctokit({
    authStrategy: undefined,
    baseUrl: apiUrl,
    log: log.child({ name: "github" }),
    request: { fetch: fetchInTime },
    ...(throttle ? { retry: { doNotRetry: notRetried } } : {}),
    throttle: { enabled: throttle, onRateLimit: mayWait, onSecondaryRateLimit: mayWait },
  });
  octokit.hook.wrap("request", async (request, options) => {
    const permissions = rightsFor(options);
    options.headers.authorization = `token ${await token({ permissions })}`;
    try {
      return await request(options);
    } catch (error) {
      // Revoked, or so new that not all of GitHub knows it: replaced once.
      if (statusOf(error) !== 401) throw error;
      await delay(1000);
      options.headers.authorization = `token ${await token({ permissions, renew: true })}`;
      return request(options);
    }
  });
  return octokit;
}
