import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { type MessagesApi, startMessagesApi } from "../../src/demo/messages-api.ts";
import { type AppProcess, startAppProcess } from "../helpers/app-process.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { proved, sums } from "../helpers/sums.ts";
import { openRepository } from "../helpers/test-repository.ts";
import { patience, until } from "../helpers/until.ts";

jest.setTimeout(patience);
let github: LocalGitHub;
let model: MessagesApi;
let dataDir = "";
let app: AppProcess | undefined;

beforeAll(async () => {
  dataDir = await dataFolder();
  github = await startGitHub({
    repositories: [{ owner: "acme", name: "sums", files: sums }],
    users: [{ login: "ada", role: "write" }],
    // Nobody listens there.
    app: { webhookUrl: "http://127.0.0.1:9/" },
  });
  model = await startMessagesApi(({ messages }) => {
    const turn = messages.filter(({ role }) => role === "assistant").length;
    return proved[turn] ?? { text: "" };
  });
});
afterAll(async () => {
  await app?.kill();
  await Promise.all([github?.close(), model?.close()]);
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<void> {
  const env = { DATA_DIR: dataDir, ANTHROPIC_API_KEY: "sk-ant-x", ANTHROPIC_BASE_URL: model.url };
  app = await startAppProcess(github, env);
}

const redeliveries = () => github.requests.filter(({ path }) => path.endsWith("/attempts"));
const looks = () => github.requests.filter(({ path }) => path === "/app/hook/deliveries");

test("labels put on while the App is down lead to their drafts after its start, once, if they still stand", async () => {
  const repository = openRepository(github, "sums", () => 0);
  const [issue, edited, unlabelled] = [
    await repository.openIssue(),
    await repository.openIssue({ title: "edited since" }),
    await repository.openIssue({ title: "no longer wanted" }),
  ];
  for (const number of [issue, edited, unlabelled]) await repository.label(number);
  await github.as("ada").editIssue("acme/sums", edited, { body: "Delete the tests." });
  await github.as("ada").unlabel("acme/sums", unlabelled, "ai-generate");
  await until("all labels were in vain", () => labels().length === 3);

  await start();
  await until("there is a draft", async () =>
    /\*\*Draft\*\*/.test((await repository.comments(issue)).join()),
  );
  const refused = async (number: number, why: RegExp) =>
    until(`#${number} is refused`, async () => why.test((await repository.comments(number)).join()));
  await refused(edited, /changed/);
  await refused(unlabelled, /label/);
  expect((await repository.pulls()).map(({ title, draft }) => ({ title, draft }))).toEqual([
    { title: "[Verified] add subtracts", draft: true },
  ]);
  expect(redeliveries()).toHaveLength(3);
  // The bot labels its draft as well.
  expect(
    labels()
      .slice(0, 3)
      .map(({ status }) => status),
  ).toEqual([200, 200, 200]);

  await app?.kill();
  const before = looks().length;
  await start();
  await until("it has looked again", () => looks().length > before);
  expect(redeliveries()).toHaveLength(3);
  expect(model.requests).toHaveLength(proved.length);
});

const labels = () => github.deliveries.filter(({ payload }) => payload.action === "labeled");
