import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { probotOf } from "../../src/app/environment.ts";
import type { AppStages } from "../../src/app/reaching.ts";
import { type Serving, serve } from "../../src/app/serve.ts";
import { pauseAfter, sweep } from "../../src/app/sweep.ts";
import { freePort } from "../../src/demo/start-app.ts";
import { openQueue } from "../../src/job/queue.ts";
import { openStore } from "../../src/job/store.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { until } from "../helpers/until.ts";
import { pglite, remove } from "../job/stores.ts";
import { type GitHub, gitHub, options } from "./door.ts";

/** On which nobody listens. */
const nowhere = "http://127.0.0.1:9/";

let github: GitHub;
let dir = "";
const apps: Serving[] = [];

beforeEach(async () => {
  [github, dir] = await Promise.all([gitHub(), dataFolder()]);
  github.deliverTo(nowhere);
});
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close(0)));
  await github.close();
  remove(dir);
});

async function labelled(): Promise<string> {
  const person = github.as("maintainer");
  const { number } = await person.openIssue("acme/sums", { title: "Off by one", body: "See above." });
  await person.label("acme/sums", number, "ai-generate");
  return `acme/sums#${number}`;
}

async function closedPullRequest(): Promise<void> {
  const person = github.as("maintainer");
  await person.push("acme/sums", "work", { message: "Work", files: { "a.txt": "a\n" } });
  const made = await person.request("POST", "/repos/acme/sums/pulls", {
    title: "x",
    head: "work",
    base: "main",
  });
  await person.request("PATCH", `/repos/acme/sums/pulls/${made.body.number}`, { state: "closed" });
}

/** Every event has left, and nobody was there. */
const undelivered = (events: number) =>
  until("all events have left", () => github.deliveries.length === events);

function recording() {
  const runs: string[] = [];
  const stages: Partial<AppStages> = {
    run: async ({ key }) => {
      runs.push(key);
    },
  };
  return { runs, stages };
}

const looks = () => github.requests.filter(({ path }) => path === "/app/hook/deliveries").length;
const asked = () =>
  github.requests.filter(({ path }) => /^\/app\/hook\/deliveries\/\d+\/attempts$/.test(path));

/** At an address to which GitHub delivers before anybody is there. */
async function start(given: ReturnType<typeof options>): Promise<void> {
  const port = await freePort();
  github.deliverTo(`http://127.0.0.1:${port}/api/github/webhooks`);
  const env = { ...given.env, PORT: String(port) };
  apps.push(await serve({ ...given, env, sweepPause: 200 }));
}

test("what came while the App was down comes after its start, once; what it does not act upon is not asked for", async () => {
  const keys = [await labelled(), await labelled()];
  await github.as("maintainer").comment("acme/sums", 1, "/regenerate, but this is an issue");
  await closedPullRequest();
  await until("all events have left", () =>
    github.deliveries.some(({ payload }) => payload.action === "closed"),
  );
  const { runs, stages } = recording();
  await start(options(github, dir, stages));
  const delivered = () =>
    github.deliveries.filter(({ status }) => status === 200).map(({ payload }) => String(payload.action));
  await until("all are delivered", () => delivered().length === 4);
  await until("both run", () => runs.length === 2);
  expect(runs.toSorted()).toEqual(keys);
  expect(delivered().toSorted()).toEqual(["closed", "created", "labeled", "labeled"]);

  const before = looks();
  await until("it has looked again, twice", () => looks() >= before + 2);
  expect(asked().map(({ status }) => status)).toEqual([202, 202, 202, 202]);
  expect(runs).toHaveLength(2);
});

test("what was stored, although GitHub heard nothing of it, does not run twice; what fails again is asked for again", async () => {
  const { runs, stages } = recording();
  const app = await serve({ ...options(github, dir, stages), sweepPause: 200 });
  apps.push(app);
  // The answers of the first two attempts are lost on their way.
  let lost = 0;
  const between = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { "content-length": _, "transfer-encoding": __, host, ...headers } = request.headers;
    const answer = await fetch(`${app.url}${request.url}`, {
      method: "POST",
      headers: headers as Record<string, string>,
      body: Buffer.concat(chunks),
    });
    if (
      request.headers["x-github-event"] === "issues" &&
      JSON.parse(String(Buffer.concat(chunks))).action === "labeled" &&
      lost < 2
    ) {
      lost += 1;
      return void response.destroy();
    }
    response.writeHead(answer.status).end();
  });
  await once(between.listen(0, "127.0.0.1"), "listening");
  try {
    github.deliverTo(`http://127.0.0.1:${(between.address() as AddressInfo).port}/api/github/webhooks`);
    const key = await labelled();
    const label = () => github.deliveries.find(({ payload }) => payload.action === "labeled");
    await until("it is delivered", () => label()?.status === 200);
    expect(asked()).toHaveLength(2);
    const before = looks();
    await until("it has looked again", () => looks() > before + 1);
    expect(asked()).toHaveLength(2);
    await until("it has run", () => runs.length > 0);
    expect(runs).toEqual([key]);
  } finally {
    between.close();
    between.closeAllConnections();
  }
});

test("GitHub's failures are said in a line each, and the next look finds what there is", async () => {
  const queue = await openQueue(await openStore(pglite(dir)), { retryDelay: 0 });
  const { env } = options(github, dir);
  const probot = await probotOf(env);
  const said: string[] = [];
  const ending = new AbortController();
  try {
    await labelled();
    await undelivered(2);
    github.fail({ path: /deliveries$/, status: 403 });
    github.fail({ path: /attempts$/, status: 403 });
    github.fail({ path: /attempts$/, status: 404 });
    const { redeliveries } = queue;
    const app = () => probot.auth();
    const ended = sweep({ app, redeliveries, say: (line) => said.push(line), pause: 200 }, ending.signal);
    await until("it is given up", () => said.some((line) => /can no longer/.test(line)));
    ending.abort();
    await ended;
  } finally {
    ending.abort();
    await queue.close(0);
  }
  expect(said).toEqual([
    expect.stringMatching(
      /^GitHub did not say which deliveries failed, and is asked again later: Injected fault/,
    ),
    "GitHub is asked to deliver again what failed: 1 of 1",
    expect.stringMatching(
      /^GitHub was not asked to deliver again what failed as \d+, and is later: Injected fault/,
    ),
    expect.stringMatching(/^GitHub can no longer deliver what failed as \d+$/),
  ]);
  expect(asked().map(({ status }) => status)).toEqual([403, 404]);
});

test("what is found one look after the other is looked for sooner, three times, then hourly", () => {
  expect([0, 1, 2, 3, 4, 5].map((found) => pauseAfter(found) / 60_000)).toEqual([60, 1, 5, 15, 60, 60]);
});

test("forty that failed while nobody was there all come, each once", async () => {
  const keys: string[] = [];
  for (let i = 0; i < 40; i++) keys.push(await labelled());
  await undelivered(80);
  const { runs, stages } = recording();
  await start(options(github, dir, stages));
  await until("all run", () => runs.length === 40);
  const before = looks();
  await until("it has looked again, twice", () => looks() >= before + 2);
  expect(runs.toSorted()).toEqual(keys.toSorted());
  expect(asked()).toHaveLength(40);
});
