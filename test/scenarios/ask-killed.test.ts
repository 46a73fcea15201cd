import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { type MessagesApi, startMessagesApi } from "../../src/demo/messages-api.ts";
import { type AppProcess, startAppProcess } from "../helpers/app-process.ts";
import { assessed } from "../helpers/assessed.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { proved, sums } from "../helpers/sums.ts";
import { openRepository } from "../helpers/test-repository.ts";
import { patience, until } from "../helpers/until.ts";

jest.setTimeout(patience);
let github: LocalGitHub;
let model: MessagesApi;
let dataDir = "";
let app: AppProcess;
/** Of the session that looks first, the calls that were made. */
let looks = 0;

const start = async () => {
  app = await startAppProcess(github, {
    ...{ DATA_DIR: dataDir, ANTHROPIC_API_KEY: "sk-ant-api03-none", ANTHROPIC_BASE_URL: model.url },
    FIRSTDRAFT_ASK: "yes",
  });
};
beforeAll(async () => {
  dataDir = await dataFolder();
  github = await startGitHub({
    repositories: [{ owner: "acme", name: "sums", files: sums }],
    users: [{ login: "ada", role: "write" }],
    app: { webhookSecret: randomBytes(24).toString("base64url") },
  });
  model = await startMessagesApi(async ({ messages, tools = [] }) => {
    const turn = messages.filter(({ role }) => role === "assistant").length;
    if (!tools.some(({ name }) => name === "assess")) return proved[turn] ?? { text: "" };
    if (++looks === 2) await app.kill();
    return assessed()[turn] ?? { text: "" };
  });
  await start();
});
afterAll(async () => {
  await app?.kill();
  await Promise.all([github?.close(), model?.close()]);
  await rm(dataDir, { recursive: true, force: true });
});

test("killed while it looks at the issue, and right after an answer: asked once, drafted by the answer", async () => {
  const repository = openRepository(github, "sums", () => 0);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await until("it is killed", () => looks === 2);
  await start();
  const says = async (word: RegExp) => word.test((await repository.comments(issue)).join());
  await until("it asks", () => says(/^\*\*Questions\*\*/));
  // The call that was lost, and no other, is made again.
  expect(model.requests).toHaveLength(3);

  const from = github.requests.length;
  const isAtWork = () =>
    github.requests
      .slice(from)
      .some(({ method, body }) => method === "PATCH" && /\*\*Working\*\*/.test(JSON.stringify(body)));
  await repository.comment(issue, "/approve Mind the callers.", "ada");
  while (!isAtWork()) await delay(1);
  await app.kill();
  await start();
  await until("there is a draft", () => says(/^\*\*Draft\*\*/));
  expect(await repository.comments(issue)).toHaveLength(1);
  expect(await repository.pulls()).toHaveLength(1);
  const task = JSON.stringify(model.requests.at(-2)?.body.messages[0]);
  expect(task).toContain("Proposed, and agreed to unless said otherwise: It throws a TypeError.");
  expect(task).toContain("Mind the callers.");
  expect(looks).toBe(3);
});
