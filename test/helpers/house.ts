import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { type ServeOptions, serve } from "../../src/app/serve.ts";
import { createStages } from "../../src/app/stages.ts";
import { readOperatorConfig } from "../../src/config/operator-config.ts";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { Files, LocalApp, LocalGitHub } from "../../src/demo/github/types.ts";
import { type ReceivedRequest, type Script, startMessagesApi } from "../../src/demo/messages-api.ts";
import type { Job } from "../../src/job/job.ts";
import type { JournalRows } from "../../src/job/journal-rows.ts";
import type { Later } from "../../src/job/later.ts";
import type { Ledger } from "../../src/job/ledger.ts";
import { createRedact } from "../../src/log/redact.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { tracesOf } from "./canary.ts";
import { dataFolder } from "./data-folder.ts";
import { openRepository, type TestRepository } from "./test-repository.ts";
import { until } from "./until.ts";

export interface HouseOptions {
  /** Name → files of the first commit; null: no commit. The owner is `acme`. */
  readonly repositories: Readonly<Record<string, Files | null>>;
  /** More of the operator's variables. */
  readonly env?: Readonly<Record<string, string>>;
  readonly commentPause?: number;
  /** What the App was granted; default: all that it asks for. */
  readonly accepted?: NonNullable<LocalApp["accepted"]>;
}

/** The whole house on this machine: a GitHub, a Messages API with a script, and the App between them. */
export interface House extends AsyncDisposable {
  readonly github: LocalGitHub;
  readonly dataDir: string;
  readonly secrets: Readonly<Record<"apiKey" | "webhookSecret" | "privateKey", string>>;
  readonly log: readonly string[];
  readonly ledger: Ledger;
  readonly journals: JournalRows;
  /** What the model answers from now on. */
  reply(script: Script): void;
  /** What the model was asked since the last `reply`. */
  asked(): readonly ReceivedRequest[];
  at(name: string): TestRepository;
  /** From now on webhooks reach nobody, or the App again. */
  unreachable(yes: boolean): void;
  /** Sends the App what this GitHub does not. */
  deliver(event: string, payload: object): Promise<void>;
  /** What was put off until later is done now. */
  comeDue(): Promise<void>;
  /** Every job is done, and nothing is said to GitHub any more. */
  quiet(): Promise<void>;
  /** How many runs were told to stop by now. */
  stopped(): number;
  /** Where a secret of this house can be found outside of it; nowhere, if all is well. */
  leaks(): Promise<string[]>;
}

/** Who there is, beside the owner. */
const users = [
  { login: "ada", role: "write" },
  { login: "grace", role: "maintain" },
  { login: "tom", role: "triage" },
  { login: "rita", role: "read" },
  { login: "stranger" },
] as const;

export async function openHouse(options: HouseOptions): Promise<House> {
  const dataDir = await dataFolder();
  const webhookSecret = randomBytes(24).toString("base64url");
  const apiKey = `sk-ant-api03-${randomBytes(40).toString("base64url")}`;
  const github = await startGitHub({
    repositories: Object.entries(options.repositories).map(([name, files]) => ({
      ...{ owner: "acme", name },
      ...(files === null ? {} : { files }),
    })),
    users,
    app: { webhookSecret, ...(options.accepted === undefined ? {} : { accepted: options.accepted }) },
  });
  let script: Script = [];
  let from = 0;
  let index = 0;
  const model = await startMessagesApi((request) => {
    const at = index++;
    return typeof script === "function"
      ? script(request, at)
      : (script[at] ?? { status: 400, error: { type: "invalid_request_error", message: "no more replies" } });
  });

  const log: string[] = [];
  const secrets = { apiKey, webhookSecret, privateKey: github.privateKey };
  const redact = createRedact(Object.values(secrets));
  const operator = readOperatorConfig({
    DATA_DIR: dataDir,
    ANTHROPIC_BASE_URL: model.url,
    // A script of replies is for one session, but where a test is about the second.
    FIRSTDRAFT_SECOND_LOOK: "no",
    FIRSTDRAFT_ASK: "no",
    // Most scenarios have no checks, and say nothing of them.
    FIRSTDRAFT_CI_MINUTES: "0",
    ...options.env,
  });
  const sandbox = await openSandbox(operator.sandbox);
  const pause = options.commentPause === undefined ? {} : { commentPause: options.commentPause };
  const own = { operator, apiKey, sandbox, redact, ...pause };
  const tables: [Ledger, JournalRows][] = [];
  const looks: Job[] = [];
  let again: Later = async () => false;
  const { counted, atWork, stopped } = counting((ledger, journals, queued) => {
    tables.push([ledger, journals]);
    again = queued;
    const later: Later = (job, minutes) => {
      if (minutes > 0) looks.push(job);
      return queued(job, minutes);
    };
    return createStages({ ...own, ledger, journals, later }, (line) => void log.push(line));
  });
  const app = await serve({
    ...{ dataDir, redact, stages: counted, purses: operator.purses, retryDelay: 0 },
    ...{ runsPerRepository: operator.runsPerRepository, limits: operator.githubLimits },
    env: {
      ...{ APP_ID: String(github.appId), PRIVATE_KEY: github.privateKey, WEBHOOK_SECRET: webhookSecret },
      ...{ GHE_HOST: github.host, GHE_PROTOCOL: "http", HOST: "127.0.0.1", PORT: "0" },
      ...{ LOG_LEVEL: process.env.LOG_LEVEL ?? "silent", METRICS_PORT: "0" },
    },
  });
  /** Jobs in this state, by the queue's own figures. */
  const queued = async (state: "created" | "active") => {
    const page = await (await fetch(app.metricsUrl ?? "")).text();
    const found = [...page.matchAll(/^firstdraft_queue_jobs\{(.*)\} (\d+)$/gm)];
    // No figure at all: the database did not answer in time.
    if (found.length === 0) return 1;
    const own = found.filter(([, labels = ""]) => labels.includes(`state="${state}"`));
    return own.reduce((sum, [, , jobs]) => sum + Number(jobs), 0);
  };
  /** With those whose end the database has yet to hear of: what is asked for meanwhile it would take for too early. */
  const unended = async () => atWork() || queued("active");
  const webhooks = `${app.url}/api/github/webhooks`;
  github.deliverTo(webhooks);

  const [[ledger, journals]] = tables as [[Ledger, JournalRows]];
  const house: House = {
    ...{ github, dataDir, secrets, log, ledger, journals },
    reply(next) {
      script = next;
      from = model.requests.length;
      index = 0;
    },
    asked: () => model.requests.slice(from),
    at: (name) => openRepository(github, name, unended),
    // A port on which nobody listens.
    unreachable: (yes) => github.deliverTo(yes ? "http://127.0.0.1:9/" : webhooks),
    async deliver(event, payload) {
      const body = JSON.stringify(payload);
      const signature = createHmac("sha256", webhookSecret).update(body).digest("hex");
      const headers = {
        ...{ "content-type": "application/json", "x-github-event": event, "x-github-delivery": randomUUID() },
        "x-hub-signature-256": `sha256=${signature}`,
      };
      const { status } = await fetch(webhooks, { method: "POST", headers, body });
      if (status !== 200) throw new Error(`the App answered ${status}`);
    },
    async comeDue() {
      for (const job of looks.splice(0)) await again({ ...job, deliveryId: randomUUID() }, 0);
    },
    async quiet() {
      let seen = -1;
      let since = 0;
      await until("the house is quiet", async () => {
        const undelivered = github.deliveries.length - github.attempts.length;
        // Jobs are taken in at about one a second.
        const isBusy = undelivered > 0 || (await unended()) > 0 || (await queued("created")) > 0;
        if (isBusy || github.requests.length !== seen) {
          seen = github.requests.length;
          since = performance.now();
        }
        return performance.now() - since > 1000;
      });
    },
    stopped,
    leaks: () => tracesOf(secrets, { github, dataDir, log, asked: model.requests.map(({ raw }) => raw) }),
    async [Symbol.asyncDispose]() {
      await app.close(0);
      await Promise.all([github.close(), model.close()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return house;
}

/** The stages, how many of them are at work, and how many runs were told to stop. */
function counting(open: NonNullable<ServeOptions["stages"]>): {
  counted: NonNullable<ServeOptions["stages"]>;
  atWork: () => number;
  stopped: () => number;
} {
  let working = 0;
  let stopped = 0;
  const count = async <T>(work: Promise<T>): Promise<T> => {
    working++;
    return work.finally(() => working--);
  };
  return {
    counted: (...given) => {
      const stages = open(...given);
      return {
        intake: (...given) => count(stages.intake(...given)),
        run: (...given) => {
          given[2].addEventListener("abort", () => void stopped++);
          return count(stages.run(...given));
        },
        failed: (...given) => count(stages.failed(...given)),
      };
    },
    atWork: () => working,
    stopped: () => stopped,
  };
}
