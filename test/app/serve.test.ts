import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import type { AppStages } from "../../src/app/reaching.ts";
import { type Serving, serve } from "../../src/app/serve.ts";
import type { GitHubAccess } from "../../src/github/access.ts";
import type { Job } from "../../src/job/job.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { until as untilMet } from "../helpers/until.ts";
import { remove } from "../job/stores.ts";
import { example, type GitHub, gitHub, options, post, sign } from "./door.ts";

let github: GitHub;
let dir = "";
let app: Serving | undefined;

beforeAll(async () => {
  github = await gitHub();
});
afterAll(() => github.close());
beforeEach(async () => {
  dir = await dataFolder();
});
afterEach(async () => {
  await app?.close();
  app = undefined;
  remove(dir);
});

async function start(stages: Partial<AppStages> = {}): Promise<string> {
  app = await serve(options(github, dir, stages));
  github.deliverTo(`${app.url}/api/github/webhooks`);
  return app.url;
}

const until = (condition: () => boolean) => untilMet("the App had come to it", condition);

async function labelled(repository = "acme/sums"): Promise<number> {
  const { number } = await github
    .as("maintainer")
    .openIssue(repository, { title: "Off by one", body: "See above." });
  await github.as("maintainer").label(repository, number, "ai-generate");
  return number;
}

test("a label leads to a run that may speak to that one repository, once", async () => {
  const seen: { job: Job; access: GitHubAccess; token: string }[] = [];
  await start({
    run: async (job, access) => {
      const { repository } = access;
      await access.octokit.rest.issues.createComment({ ...repository, issue_number: 1, body: "At work." });
      seen.push({ job, access, token: await access.token() });
    },
  });
  const from = github.requests.length;
  const number = await labelled();
  await until(() => seen.length === 1);

  const { job, access, token } = seen[0] as (typeof seen)[0];
  expect(job).toMatchObject({
    key: `acme/sums#${number}`,
    requestedBy: { login: "maintainer" },
    installationId: github.installationId("acme"),
    request: {
      kind: "issue",
      issue: { number, title: "Off by one", body: "See above." },
      label: "ai-generate",
    },
  });
  expect(access).toMatchObject({
    login: "firstdraft[bot]",
    remoteUrl: github.remoteUrl("acme", "sums"),
    repository: { owner: "acme", repo: "sums" },
  });
  expect(token).toMatch(/^ghs_/);
  const mints = github.requests.slice(from).filter(({ path }) => path.endsWith("/access_tokens"));
  const { body: repository } = await github.as("maintainer").request("GET", "/repos/acme/sums");
  const only = { repository_ids: [repository.id] };
  expect(job.repositoryId).toBe(repository.id);
  expect(mints.map(({ body }) => body)).toEqual([
    { ...only, permissions: { issues: "write", metadata: "read", pull_requests: "write" } },
    { ...only, permissions: { contents: "read", metadata: "read" } },
  ]);

  const delivery = github.deliveries.find(({ payload }) => payload.action === "labeled");
  // The run may have ended before GitHub has the answer.
  await until(() => delivery?.status === 200);
  expect(await github.redeliver(delivery?.guid ?? "")).toBe(200);
  await delay(500);
  expect(seen).toHaveLength(1);
});

test("the webhook is answered while the run goes on; closing aborts the run, the next start does it again", async () => {
  let aborted = false;
  let started = false;
  await start({
    run: (_, __, signal) => {
      started = true;
      return new Promise((_, reject) => {
        signal.addEventListener("abort", () => {
          aborted = true;
          reject(signal.reason);
        });
      });
    },
  });
  const number = await labelled("acme/other");
  await until(() => started);
  await until(() => github.deliveries.at(-1)?.status === 200);
  await app?.close();
  expect(aborted).toBe(true);

  const runs: string[] = [];
  await start({
    run: async ({ key }, _, __, attempt) => {
      runs.push(`${key} ${attempt}`);
    },
  });
  await until(() => runs.length === 1);
  expect(runs).toEqual([`acme/other#${number} 2`]);
});

test("a run that always fails ends where it is told, with the reason", async () => {
  const ends: string[] = [];
  await start({
    run: async () => {
      throw new Error("no room on the disk");
    },
    failed: async ({ key }, access, { stage, reason }) => {
      ends.push(`${access.login} ${key} ${stage}: ${reason}`);
    },
  });
  const number = await labelled();
  await until(() => ends.length === 1);
  expect(ends).toEqual([`firstdraft[bot] acme/sums#${number} run: no room on the disk`]);
});

test("a token that GitHub no longer accepts is replaced", async () => {
  let done = false;
  await start({
    run: async (_, { octokit, repository }) => {
      github.fail({ path: /\/repos\/acme\/sums$/, status: 401 });
      await octokit.rest.repos.get({ ...repository });
      done = true;
    },
  });
  await labelled();
  await until(() => done);
});

test("another label is taken in too: which one asks for a draft, the repository says", async () => {
  const intakes: string[] = [];
  await start({
    intake: async ({ key }) => {
      intakes.push(key);
      return "refused";
    },
  });
  const { number } = await github.as("maintainer").openIssue("acme/sums", { title: "No draft wanted" });
  await github.as("maintainer").label("acme/sums", number, "bug");
  await until(() => intakes.length > 0);
  expect(intakes).toEqual([`acme/sums#${number}`]);
});

test("requests that are not GitHub's are refused, nothing is stored, and the App goes on", async () => {
  const stored: string[] = [];
  const url = await start({
    intake: async ({ key }) => {
      stored.push(key);
      return "refused";
    },
  });
  const payload = example("issues", "labeled");
  payload.label.name = "ai-generate";
  const body = JSON.stringify(payload);
  const status = async (response: Promise<Response>) => (await response).status;
  const without = (name: string) => {
    const headers: Record<string, string> = {
      "content-type": "application/json",
      "x-github-event": "issues",
      "x-github-delivery": "guid",
      "x-hub-signature-256": sign(body),
    };
    delete headers[name];
    return fetch(`${url}/api/github/webhooks`, { method: "POST", body, headers });
  };

  expect(await status(post(url, "issues", body, { "x-hub-signature-256": "sha256=00" }))).toBe(400);
  expect(await status(post(url, "issues", body, { "x-hub-signature-256": sign(body, "sha1") }))).toBe(400);
  expect(
    await status(
      post(url, "issues", body.replace("Codertocat", "Codertocas"), { "x-hub-signature-256": sign(body) }),
    ),
  ).toBe(400);
  expect(await status(without("x-hub-signature-256"))).toBe(400);
  expect(await status(without("x-github-delivery"))).toBe(400);
  expect(await status(post(url, "issues", "{"))).toBe(400);
  expect(await status(post(url, "issues", body, { "content-type": "text/plain" }))).toBe(415);
  expect(await status(fetch(`${url}/elsewhere`))).toBe(404);
  expect(await status(post(url, "no_such_event", body))).toBeLessThan(500);

  const before = process.memoryUsage().rss;
  const huge = `{"x":"${"x".repeat(30 * 1024 * 1024)}"}`;
  expect(await status(post(url, "issues", huge))).toBe(413);
  expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);

  await delay(200);
  expect(stored).toEqual([]);
  expect(await status(fetch(`${url}/healthz`))).toBe(200);
  expect(await status(post(url, "issues", body, { "x-github-delivery": "not-a-uuid" }))).toBe(200);
  expect(await status(post(url, "issues", body, { "x-github-delivery": "not-a-uuid" }))).toBe(200);
});

test("what keeps the App from starting is named", async () => {
  const base = options(github, dir);
  const other = await serve(base);
  const port = new URL(other.url).port;
  await expect(serve(base)).rejects.toMatchObject({ code: "data-dir-locked" });
  const second = await dataFolder();
  await expect(serve({ ...base, dataDir: second, env: { ...base.env, PORT: port } })).rejects.toMatchObject({
    code: "port-unusable",
  });
  await expect(serve({ ...base, env: { ...base.env, APP_ID: "99999" } })).rejects.toMatchObject({
    code: "app-refused",
  });
  await expect(
    serve({ ...base, dataDir: second, databaseUrl: "postgresql://nobody@127.0.0.1:1/none" }),
  ).rejects.toMatchObject({
    code: "database-unreachable",
  });
  await other.close();
  remove(second);
});
