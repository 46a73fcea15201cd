import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { type MessagesApi, startMessagesApi } from "../../src/demo/messages-api.ts";
import { type AppProcess, startAppProcess } from "../helpers/app-process.ts";
import { checkEnded, suiteEnded } from "../helpers/checks.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import type { House } from "../helpers/house.ts";
import { edit, inOneStep, proved, sums } from "../helpers/sums.ts";
import { openRepository } from "../helpers/test-repository.ts";
import { patience, until } from "../helpers/until.ts";

jest.setTimeout(patience);
let github: LocalGitHub;
let model: MessagesApi;
let dataDir = "";
let app: AppProcess;
const comment = inOneStep(edit("src/sums.js", "export const add", "// The sum.\nexport const add"));

const start = async (more: Readonly<Record<string, string>> = {}) => {
  const env = { DATA_DIR: dataDir, ANTHROPIC_API_KEY: "sk-ant-api03-none", ANTHROPIC_BASE_URL: model.url };
  app = await startAppProcess(github, { ...env, ...more });
};
beforeAll(async () => {
  dataDir = await dataFolder();
  github = await startGitHub({
    repositories: ["before", "after", "later"].map((name) => ({ owner: "acme", name, files: sums })),
    users: [{ login: "ada", role: "write" }],
    app: { webhookSecret: randomBytes(24).toString("base64url") },
  });
  model = await startMessagesApi(({ messages }) => {
    const turn = messages.filter(({ role }) => role === "assistant").length;
    const corrects = JSON.stringify(messages[0]).includes("These checks of the repository failed");
    return (corrects ? comment : proved)[turn] ?? { text: "" };
  });
  await start();
});
afterAll(async () => {
  await app?.kill();
  await Promise.all([github?.close(), model?.close()]);
  await rm(dataDir, { recursive: true, force: true });
});

const house = () =>
  ({
    github,
    async deliver(event: string, payload: object) {
      const body = JSON.stringify(payload);
      const signature = createHmac("sha256", github.webhookSecret).update(body).digest("hex");
      const headers = {
        ...{ "content-type": "application/json", "x-github-event": event, "x-github-delivery": randomUUID() },
        "x-hub-signature-256": `sha256=${signature}`,
      };
      await fetch(`${app.url}/api/github/webhooks`, { method: "POST", headers, body });
    },
  }) as House;

test.each([
  ["before", /^\/repos\/acme\/before\/git\/refs\/heads/, /"sha"/],
  // With its title, which what is said of checks leaves alone.
  ["after", /^\/repos\/acme\/after\/pulls\/\d+$/, /"title"/],
])(
  "killed during a correction, %s the branch moved, it goes on, and it is one commit",
  async (name, path, told) => {
    const repository = openRepository(github, name, () => 0);
    const issue = await repository.openIssue();
    await repository.label(issue);
    await repository.settled(issue);
    const [pull] = await repository.pulls();
    await checkEnded(house(), name, pull.head.sha, "failure", "FAIL");
    let killed = false;
    const before = async () => {
      killed = true;
      await app.kill();
    };
    github.fail({ method: "PATCH", path, told, status: 502, before });
    await suiteEnded(house(), name, issue, pull.head.sha);
    await until("it is killed", () => killed);
    github.heal();
    await start();
    await until("it is corrected", async () =>
      (await repository.get(`/pulls/${pull.number}`)).body.includes("attempt 2"),
    );
    const { head } = await repository.get(`/pulls/${pull.number}`);
    const { parents } = await repository.get(`/commits/${head.sha}`);
    expect(parents.map(({ sha }: { sha: string }) => sha)).toEqual([pull.head.sha]);
    expect(await repository.get(`/git/matching-refs/firstdraft/issue-${issue}/`)).toHaveLength(2);
  },
);

test("killed while a look at checks is put off, it comes all the same, once", async () => {
  // Long enough to be killed before it, by far.
  const minutes = { FIRSTDRAFT_CI_MINUTES: "0.5" };
  await app.kill();
  await start(minutes);
  const repository = openRepository(github, "later", () => 0);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  await app.kill();
  const [{ number, body }] = await repository.pulls();
  expect(body).toContain(
    "**waiting**. What they come to is said here when all have ended, or after 0.5 minutes.",
  );
  await start(minutes);
  const found = "**none** within 0.5 minutes";
  await until("it is said", async () => (await repository.get(`/pulls/${number}`)).body.includes(found));
  // A whole run later nothing was said twice.
  const other = await repository.openIssue();
  await repository.label(other);
  await repository.settled(other);
  const told = (path: string, words: string) =>
    github.requests.filter(
      (one) => one.method === "PATCH" && one.path.endsWith(path) && JSON.stringify(one.body).includes(words),
    );
  expect(told(`/later/pulls/${number}`, found)).toHaveLength(1);
  expect((await repository.comments(issue))[0]).toContain("**Checks**: none.");
});
