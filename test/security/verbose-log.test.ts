import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { afterAll, expect, jest, test } from "@jest/globals";
import { systemPrompt } from "../../src/context/system-prompt.ts";
import { startGitHub } from "../../src/demo/github/start.ts";
import { startMessagesApi } from "../../src/demo/messages-api.ts";
import { startAppProcess } from "../helpers/app-process.ts";
import { tracesOf } from "../helpers/canary.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { proved, sums } from "../helpers/sums.ts";
import { openRepository } from "../helpers/test-repository.ts";
import { patience } from "../helpers/until.ts";

jest.setTimeout(patience);
const clear: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const one of clear) await one();
});

test("at Probot's most verbose level no key, no token and no prompt is logged", async () => {
  const [apiKey, webhookSecret] = [
    `sk-ant-api03-${randomBytes(40).toString("base64url")}`,
    randomBytes(24).toString("base64url"),
  ];
  const dataDir = await dataFolder();
  const github = await startGitHub({
    repositories: [{ owner: "acme", name: "sums", files: sums }],
    users: [{ login: "ada", role: "write" }],
    app: { webhookSecret },
  });
  const model = await startMessagesApi(proved);
  const env = { DATA_DIR: dataDir, ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: model.url };
  const app = await startAppProcess(github, { ...env, LOG_LEVEL: "trace", DEBUG: "*" });
  clear.push(
    app.kill,
    () => github.close(),
    () => model.close(),
    () => rm(dataDir, { recursive: true }),
  );

  const repository = openRepository(github, "sums", () => 0);
  const issue = await repository.openIssue({ body: "`add(1, 2)` is -1, says the pelican." });
  await repository.label(issue);
  expect(await repository.settled(issue)).toContain("**Verified**");

  const log = app.output.join("");
  // Probot's debug lines are there: it is its most verbose level indeed.
  expect(log).toMatch(/"level":20|DEBUG/);
  expect(log).toContain("running the tests");
  const secrets = { apiKey, webhookSecret, privateKey: github.privateKey };
  const asked = model.requests.map(({ raw }) => raw);
  expect(await tracesOf(secrets, { github, dataDir, log: app.output, asked })).toEqual([]);
  expect(log).not.toMatch(/gh[a-z]_[A-Za-z0-9]|eyJ[A-Za-z0-9_-]+\.eyJ/);
  expect(asked.join()).toContain("pelican");
  expect(log).not.toContain("pelican");
  for (const line of systemPrompt()
    .split("\n")
    .filter((line) => line.length > 40))
    expect(log).not.toContain(line);
});
