import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { type MessagesApi, startMessagesApi } from "../../src/demo/messages-api.ts";
import { type AppProcess, startAppProcess } from "../helpers/app-process.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { proved, sums } from "../helpers/sums.ts";
import { openRepository } from "../helpers/test-repository.ts";
import { patience, until } from "../helpers/until.ts";

jest.setTimeout(patience);
const hours = 3_600_000;
const preload = `--import=${import.meta.dirname}/../helpers/shifted-clock.ts`;
let github: LocalGitHub;
let model: MessagesApi;
let dataDir = "";
let app: AppProcess | undefined;
let jumps: readonly number[] = [];

const setClock = (shift: number) => writeFileSync(join(dataDir, "clock"), String(shift));

beforeEach(async () => {
  dataDir = await dataFolder();
  github = await startGitHub({
    repositories: [{ owner: "acme", name: "sums", files: sums }],
    users: [{ login: "ada", role: "write" }],
    app: { webhookSecret: randomBytes(24).toString("base64url") },
  });
  model = await startMessagesApi((_, i) => {
    const jump = jumps[i];
    if (jump !== undefined) setClock(jump);
    return proved[i] ?? {};
  });
});
afterEach(async () => {
  await app?.kill();
  await Promise.all([github.close(), model.close()]);
  await rm(dataDir, { recursive: true, force: true });
});

test.each([
  ["forward two hours", [2 * hours]],
  ["forward and back again", [2 * hours, 0]],
  ["back two hours", [-2 * hours]],
  ["back two hours, and two more", [-2 * hours, -4 * hours]],
])("the clock jumps %s during a run: it ends as it would, once", async (_, given) => {
  jumps = given;
  setClock(0);
  const env = {
    ...{ DATA_DIR: dataDir, ANTHROPIC_API_KEY: "sk-ant-api03-none", ANTHROPIC_BASE_URL: model.url },
    ...{ NODE_OPTIONS: preload, FIRSTDRAFT_TEST_CLOCK: join(dataDir, "clock") },
  };
  app = await startAppProcess(github, env);
  const repository = openRepository(github, "sums", () => 0);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await until("there is a draft", async () =>
    /\*\*Draft\*\*/.test((await repository.comments(issue)).join()),
  );
  const comments = await repository.comments(issue);
  expect(comments).toHaveLength(1);
  expect(comments[0]).toContain("**Verified**: ");
  expect(await repository.pulls()).toHaveLength(1);
  expect(model.requests).toHaveLength(2);
});
