import { createNodeMiddleware } from "probot";
import type { GitHubAccess } from "../github/access.ts";
import type { Job } from "../job/job.ts";
import { openQueue } from "../job/queue.ts";
import { openStore } from "../job/store.ts";
import type { Stages } from "../job/work.ts";
import { Problem } from "../log/problem.ts";
import { createApp } from "./app.ts";
import { addressesOf, probotOf } from "./environment.ts";
import { connectInstallation } from "./installation.ts";
import { listen } from "./listen.ts";
import { ownLogin } from "./own-login.ts";

/** The work itself: what each stage has to keep to stands at `Stages`; here it may also speak to the job's repository. */
export type AppStages = {
  readonly [Name in keyof Stages]: Stages[Name] extends (job: Job, ...rest: infer Rest) => infer Result
    ? (job: Job, access: GitHubAccess, ...rest: Rest) => Result
    : never;
};

export interface ServeOptions {
  /** Probot's own variables: APP_ID, PRIVATE_KEY or PRIVATE_KEY_PATH, WEBHOOK_SECRET, PORT, HOST, GHE_HOST, … */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly dataDir: string;
  readonly databaseUrl?: string;
  readonly stages: AppStages;
  /** Applied to what is logged about a failed job. */
  redact(text: string): string;
  /** Repositories at work at the same time; default 2. */
  readonly concurrency?: number;
  /** Seconds before a failed run is tried again; default 30. */
  readonly retryDelay?: number;
}

export interface Serving {
  readonly url: string;
  /** Takes no more webhooks, gives unfinished jobs back, at most `graceMs` (default 5000) after asking them to stop. */
  close(graceMs?: number): Promise<void>;
}

/** Runs the App until `close`. Throws a `Problem` that names what is missing or wrong. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { env, redact, stages } = options;
  const addresses = addressesOf(env);
  const probot = await probotOf(env);
  const complain = (about: string, error: unknown) =>
    probot.log.error(redact(`${about}: ${error instanceof Error ? error.stack : String(error)}`));

  const login = ownLogin(probot, addresses.apiUrl);
  await login.ask().catch((error) => {
    if (error instanceof Problem) throw error;
    // GitHub is away, not against us: webhooks can be taken in meanwhile.
    complain("GitHub does not answer", error);
  });
  const queue = await openQueue(
    await openStore({ ...storeOf(options), onError: (error) => complain("queue", error) }),
    { retryDelay: options.retryDelay },
  );
  const withAccess: WithAccess =
    (stage) =>
    async (job, ...rest) => {
      try {
        const { apiUrl } = addresses;
        const access = await connectInstallation(probot, job, { apiUrl, login: await login.ask() });
        return await stage(job, access, ...rest);
      } catch (error) {
        complain(job.key, error);
        // The queue keeps what is thrown: an error of Octokit's or of the model's would bring along what it was told.
        throw new Error(redact(error instanceof Error ? error.message : String(error)));
      }
    };
  try {
    const app = createApp({ self: login.known, enqueue: queue.enqueue });
    const webhooks = await createNodeMiddleware(app, { probot, webhooksPath: addresses.webhookPath });
    const door = await listen(addresses, async (request, response) => webhooks(request, response));
    await queue.work(
      {
        intake: withAccess(stages.intake),
        run: withAccess(stages.run),
        failed: withAccess(stages.failed),
      },
      { concurrency: options.concurrency },
    );
    probot.log.info(`listening on ${door.url}${addresses.webhookPath}`);
    return {
      url: door.url,
      close: async (graceMs) => {
        await door.close();
        await queue.close(graceMs);
      },
    };
  } catch (error) {
    await queue.close(0);
    throw error;
  }
}

type WithAccess = <Rest extends unknown[], Result>(
  stage: (job: Job, access: GitHubAccess, ...rest: Rest) => Promise<Result>,
) => (job: Job, ...rest: Rest) => Promise<Result>;

function storeOf({ dataDir, databaseUrl }: ServeOptions) {
  return databaseUrl === undefined ? { dataDir } : { dataDir, databaseUrl };
}
