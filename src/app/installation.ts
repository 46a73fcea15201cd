import { setTimeout as delay } from "node:timers/promises";
import { type Probot, ProbotOctokit } from "probot";
import type { GitHubAccess, Octokit } from "../github/access.ts";
import { remoteUrlOf } from "../github/connect.ts";
import { statusOf } from "../github/errors.ts";
import { isWrite, keepPace, notRetried } from "../github/pace.ts";
import type { Job } from "../job/job.ts";
import type { Pace } from "../job/pace.ts";
import type { AboutRun } from "../log/log-lines.ts";
import { installationTokens } from "./installation-token.ts";
import { fetching, rightsFor } from "./rights.ts";

export interface InstallationOptions {
  readonly apiUrl: string;
  readonly login: string;
  /** For all requests. */
  readonly fetch: typeof fetch;
  /** The run that they are for, for the log. */
  readonly about: AboutRun;
  /** Absent: this GitHub has no limits. */
  readonly pace?: Pace;
  /**
   * Asked right before each request that may change something, also before one that is made again after it failed; what it
   * throws is thrown instead of the request.
   */
  readonly beforeWrite: () => Promise<void>;
}

/** Access to a job's repository, and to that one only, as the App's installation there. */
export async function connectInstallation(
  probot: Probot,
  job: Pick<Job, "repository" | "repositoryId" | "installationId">,
  { login, ...options }: InstallationOptions,
): Promise<GitHubAccess> {
  const token = installationTokens(await probot.auth(), job);
  return {
    octokit: octokitOf(probot, token, options),
    repository: job.repository,
    token: () => token({ permissions: fetching }),
    remoteUrl: remoteUrlOf(options.apiUrl, job.repository),
    login,
  };
}

function octokitOf(
  { log }: Probot,
  token: ReturnType<typeof installationTokens>,
  { apiUrl, fetch, about, pace, beforeWrite }: Omit<InstallationOptions, "login">,
): Octokit {
  const hook = async <Answer>(
    request: (asked: Asked) => Promise<Answer>,
    options: Asked,
  ): Promise<Answer> => {
    const permissions = rightsFor(options);
    options.headers.authorization = `token ${await token({ permissions })}`;
    if (isWrite(options)) await beforeWrite();
    try {
      return await request(options);
    } catch (error) {
      // Revoked, or so new that not all of GitHub knows it: replaced once.
      if (statusOf(error) !== 401) throw error;
      await delay(1000);
      options.headers.authorization = `token ${await token({ permissions, renew: true })}`;
      if (isWrite(options)) await beforeWrite();
      return request(options);
    }
  };
  const octokit = new ProbotOctokit({
    // Its hook is the innermost, so that what fails for the moment is asked again with a token and a claim of that moment.
    authStrategy: () => Object.assign(token, { hook }),
    baseUrl: apiUrl,
    log: log.child({ name: "github", ...about }),
    request: { fetch },
    ...(pace ? { retry: { doNotRetry: notRetried } } : {}),
    // It knows of this process alone; the pace minds limits for all of them.
    throttle: { enabled: false },
  });
  // Outside of the hook above: a turn may be a while in coming.
  if (pace) keepPace(octokit, pace);
  return octokit;
}

/** What Octokit is about to send. */
type Asked = Parameters<typeof isWrite>[0] &
  Parameters<typeof rightsFor>[0] & { headers: { authorization?: string } };
