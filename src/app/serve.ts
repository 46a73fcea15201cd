import type { Purses } from "../config/types.ts";
import { hasLimits } from "../github/connect.ts";
import { answers } from "../job/answers.ts";
import { depths } from "../job/depth.ts";
import type { Job } from "../job/job.ts";
import { type JournalRows, openJournalRows } from "../job/journal-rows.ts";
import type { Later } from "../job/later.ts";
import { type Closed, type Ledger, openLedger } from "../job/ledger.ts";
import { installationOf, openPaces } from "../job/pace.ts";
import { openQueue } from "../job/queue.ts";
import { openStore } from "../job/store.ts";
import { plain } from "../log/plain.ts";
import { Problem } from "../log/problem.ts";
import { closedLine } from "../report/costs.ts";
import { aboutRun } from "./about-run.ts";
import { countedFetch } from "./counted-fetch.ts";
import { addressesOf, probotOf } from "./environment.ts";
import { connectInstallation } from "./installation.ts";
import { listen } from "./listen.ts";
import { type Metrics, openMetrics } from "./metrics.ts";
import type { Port } from "./open-port.ts";
import { ownLogin } from "./own-login.ts";
import { type AppStages, type Connect, reaching } from "./reaching.ts";
import { readiness } from "./ready.ts";
import { serveMetrics } from "./serve-metrics.ts";
import { sweep } from "./sweep.ts";
import { takeWebhooks } from "./take-webhooks.ts";

export interface ServeOptions {
  /** Probot's own variables: APP_ID, PRIVATE_KEY or PRIVATE_KEY_PATH, WEBHOOK_SECRET, PORT, HOST, GHE_HOST, … */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly dataDir: string;
  readonly databaseUrl?: string;
  /** Whether webhooks are taken in; default true. */
  readonly webhooks?: boolean;
  /** What is done with each job, with the money and the journals of all runs, and a queue for later. Absent: this process takes none. */
  stages?(ledger: Ledger, journals: JournalRows, later: Later): AppStages;
  /** What may be spent on many runs. */
  readonly purses?: Purses;
  /** Applied to what is logged about a failed job. */
  redact(text: string): string;
  /** Whether GitHub's limits are minded; default: on github.com. */
  readonly limits?: boolean | undefined;
  /** Runs at the same time; default 2. */
  readonly concurrency?: number;
  /** Of one repository; default 1. */
  readonly runsPerRepository?: number;
  /** Called before any job is taken, when the data folder is locked: no other process is at work for it. */
  alone?(): Promise<void>;
  /** Seconds before a failed run is tried again; default 30. */
  readonly retryDelay?: number;
  /** What the stages count with; default: new ones. */
  readonly metrics?: Metrics;
  /** Milliseconds from one look for failed deliveries to the next; default an hour. */
  readonly sweepPause?: number;
}

export interface Serving {
  readonly url: string;
  /** Where the metrics are, if METRICS_PORT is set. */
  readonly metricsUrl: string | null;
  /** Takes no more webhooks, gives unfinished jobs back, at most `graceMs` (default 5000) after asking them to stop. */
  close(graceMs?: number): Promise<void>;
}

/** Runs the App until `close`. Throws a `Problem` that names what is missing or wrong. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { env, redact, webhooks = true } = options;
  const addresses = addressesOf(env);
  const metrics = options.metrics ?? openMetrics();
  const fetch = countedFetch(metrics.count);
  const probot = await probotOf(env, { fetch, webhooks });
  const complain = (what: string, error: unknown, about: object = {}) =>
    probot.log.error(about, redact(`${what}: ${error instanceof Error ? error.stack : String(error)}`));

  const login = ownLogin(probot, addresses.apiUrl);
  await login.ask().catch((error) => {
    if (error instanceof Problem) throw error;
    // GitHub is away, not against us: webhooks can be taken in meanwhile.
    complain("GitHub does not answer", error);
  });
  const store = await openStore({ ...storeOf(options), onError: (error) => complain("queue", error) });
  const ledger = openLedger(store.sql, options.purses ?? {});
  const queue = await openQueue(store, { retryDelay: options.retryDelay });
  const closing = new AbortController();
  const paceOf = openPaces(store.session);
  const limits = options.limits ?? hasLimits(addresses.apiUrl);
  const connect: Connect = async (job, beforeWrite) => {
    const { apiUrl } = addresses;
    const about = aboutRun(job);
    const pace = limits ? { pace: paceOf(installationOf(job)) } : {};
    return connectInstallation(probot, job, {
      ...{ apiUrl, fetch, about, login: await login.ask(), beforeWrite, ...pace },
    });
  };
  const failed = (job: Job, error: unknown) => {
    complain(job.key, error, aboutRun(job));
    // The queue keeps what is thrown: an error of Octokit's or of the model's would bring along what it was told.
    return new Error(redact(error instanceof Error ? error.message : String(error)));
  };
  const ports: Port[] = [];
  try {
    await options.alone?.();
    const closed = async (pullRequest: Closed) => {
      const line = closedLine(pullRequest, await ledger.closed(pullRequest));
      if (line !== null) probot.log.info(line);
    };
    const app = { self: login.known, enqueue: queue.enqueue, closed };
    const take = webhooks ? await takeWebhooks(probot, app, addresses, env) : async () => false;
    const unready = readiness({
      closing: () => closing.signal.aborted,
      known: () => login.known().length > 0,
      database: () => answers(store),
    });
    const door = await listen(addresses, take, unready);
    ports.push(door);
    const page = addresses.metrics && (await serveMetrics(addresses.metrics, metrics, () => depths(store)));
    if (page) ports.push(page);
    void login.keepAsking(closing.signal);
    const stages = options.stages?.(ledger, openJournalRows(store.sql), queue.later);
    if (stages)
      await queue.work(reaching(stages, connect, failed), {
        concurrency: options.concurrency,
        runsPerRepository: options.runsPerRepository,
      });
    const looking = {
      app: () => probot.auth(),
      redeliveries: queue.redeliveries,
      say: (line: string) => probot.log.warn(inOneLine(redact(line))),
      pause: options.sweepPause,
    };
    if (webhooks) void sweep(looking, closing.signal).catch((error) => complain("sweep", error));
    probot.log.info(`listening on ${door.url}${webhooks ? addresses.webhookPath : ""}`);
    return {
      url: door.url,
      metricsUrl: page && `${page.url}/metrics`,
      close: async (graceMs) => {
        closing.abort();
        await door.refuse();
        // Until the end, so that whoever asks hears that this one is going.
        await queue.close(graceMs).finally(() => closeAll(ports));
      },
    };
  } catch (error) {
    closing.abort();
    await Promise.all([queue.close(0), closeAll(ports)]);
    throw error;
  }
}

const inOneLine = (text: string) => plain(text).replace(/\s+/g, " ").slice(0, 300);
const closeAll = (ports: readonly Port[]) => Promise.all(ports.map((port) => port.close()));

function storeOf({ dataDir, databaseUrl }: ServeOptions) {
  return databaseUrl === undefined ? { dataDir } : { dataDir, databaseUrl };
}
