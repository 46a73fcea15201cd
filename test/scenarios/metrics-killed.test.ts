import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { type MessagesApi, startMessagesApi } from "../../src/demo/messages-api.ts";
import { freePort } from "../../src/demo/start-app.ts";
import { type AppProcess, startAppProcess } from "../helpers/app-process.ts";
import { firstdraft } from "../helpers/command-line.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { proved, sums } from "../helpers/sums.ts";
import { openRepository } from "../helpers/test-repository.ts";
import { patience, until } from "../helpers/until.ts";

jest.setTimeout(patience);
let github: LocalGitHub;
let model: MessagesApi;
let dataDir = "";
let app: AppProcess | undefined;
let metricsPort = 0;
/** Dollars that the first process had counted when it was killed, in its second call of the model. */
let before: number | null = null;

beforeAll(async () => {
  dataDir = await dataFolder();
  github = await startGitHub({
    repositories: [{ owner: "acme", name: "sums", files: sums }],
    users: [{ login: "ada", role: "write" }],
    app: { webhookSecret: randomBytes(24).toString("base64url") },
  });
  model = await startMessagesApi(async ({ messages }) => {
    const turn = messages.filter(({ role }) => role === "assistant").length;
    if (turn === 1 && before === null) {
      before = await dollars();
      await app?.kill();
    }
    return proved[turn] ?? { text: "" };
  });
});
afterAll(async () => {
  await app?.kill();
  await Promise.all([github?.close(), model?.close()]);
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<void> {
  metricsPort = await freePort();
  app = await startAppProcess(github, {
    ...{ DATA_DIR: dataDir, ANTHROPIC_API_KEY: "sk-ant-api03-none", ANTHROPIC_BASE_URL: model.url },
    METRICS_PORT: String(metricsPort),
  });
}

async function dollars(): Promise<number> {
  const page = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  return Number(/^firstdraft_dollars_total (.+)$/m.exec(page)?.[1]);
}

test("a call that was lost with its process is counted by the one that goes on: in all, what the database says", async () => {
  await start();
  const repository = openRepository(github, "sums", () => 0);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await until("the first process is killed", () => before !== null);
  await start();
  await until("there is a draft", async () =>
    (await repository.comments(issue)).join().includes("**Draft**"),
  );
  const after = await dollars();
  expect(await app?.stop()).toBe(0);

  const { stdout } = await firstdraft(["costs", "--json"], { DATA_DIR: dataDir });
  const { costs } = JSON.parse(stdout);
  expect(costs).toMatchObject([{ repository: "acme/sums", runs: 1, pullRequests: 1 }]);
  expect(after).toBeGreaterThan(0);
  expect((before ?? 0) + after).toBeCloseTo(costs[0].usd, 6);
});
