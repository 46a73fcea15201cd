import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { type MessagesApi, startMessagesApi } from "../../src/demo/messages-api.ts";
import { type AppProcess, startAppProcess } from "../helpers/app-process.ts";
import { firstdraft } from "../helpers/command-line.ts";
import { proved, sums } from "../helpers/sums.ts";
import { openRepository } from "../helpers/test-repository.ts";
import { patience, until } from "../helpers/until.ts";
import { postgresPrograms, startPostgres, type TestPostgres } from "../job/postgres.ts";
import { remove, temporary } from "../job/stores.ts";

jest.setTimeout(patience);
const programs = postgresPrograms();

// Debian's postgresql package is not everywhere.
(programs === null ? describe.skip : describe)("processes with roles of their own", () => {
  const started: AppProcess[] = [];
  const folders: string[] = [];
  let github: LocalGitHub;
  let model: MessagesApi;
  let postgres: TestPostgres;

  beforeAll(async () => {
    postgres = await startPostgres(programs ?? "");
    github = await startGitHub({
      repositories: [
        { owner: "acme", name: "sums", files: sums },
        { owner: "acme", name: "more", files: sums },
      ],
      users: [{ login: "ada", role: "write" }],
      app: { webhookSecret: randomBytes(24).toString("base64url") },
    });
    model = await startMessagesApi(({ messages }) => {
      const turn = messages.filter(({ role }) => role === "assistant").length;
      return proved[turn] ?? { text: "" };
    });
  });
  afterAll(async () => {
    for (const app of started) await app.kill();
    await Promise.all([github?.close(), model?.close(), postgres?.stop()]);
    for (const folder of folders) remove(folder);
  });

  async function start(role: string, env: Readonly<Record<string, string>>): Promise<AppProcess> {
    const folder = temporary();
    folders.push(folder);
    const settings = { DATA_DIR: folder, DATABASE_URL: postgres.url, ...env };
    const app = await startAppProcess(github, settings, [], ["--role", role]);
    started.push(app);
    return app;
  }

  test("what the web takes in, one of the workers does, once", async () => {
    const key = { ANTHROPIC_API_KEY: "sk-ant-api03-none", ANTHROPIC_BASE_URL: model.url };
    const workers = [
      await start("worker", { ...key, WEBHOOK_SECRET: "" }),
      await start("worker", { ...key, WEBHOOK_SECRET: "" }),
    ];
    // It has no key, and a sandbox with which no worker would start.
    const web = await start("web", { FIRSTDRAFT_SANDBOX: "none" });
    for (const { url } of [...workers, web]) {
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
    }
    for (const { url } of workers) {
      const hook = await fetch(`${url}/api/github/webhooks`, { method: "POST", body: "{}" });
      expect(hook.status).toBe(404);
    }

    const places = ["sums", "more"].map((name) => openRepository(github, name, () => 0));
    const issues = await Promise.all(places.map((place) => place.openIssue()));
    await Promise.all(places.map((place, at) => place.label(issues[at] ?? 0)));
    for (const [at, place] of places.entries()) {
      await until("there is a draft", async () =>
        /\*\*Draft\*\*/.test((await place.comments(issues[at] ?? 0)).join()),
      );
      expect(await place.comments(issues[at] ?? 0)).toHaveLength(1);
      expect((await place.pulls()).map(({ title }) => title)).toEqual(["[Verified] add subtracts"]);
    }
    expect(model.requests).toHaveLength(2 * proved.length);
    expect(web.output.join("")).not.toContain("running the tests");
    expect(existsSync(join(folders.at(-1) ?? "", "runs"))).toBe(false);
    const ran = () => workers.flatMap(({ output }) => output.filter((line) => /: drafted$/m.test(line)));
    // Said after the comment, and read from a pipe.
    await until("both are logged", () => ran().length >= places.length);
    expect(
      ran()
        .map((line) => line.trim())
        .toSorted(),
    ).toEqual(places.map(({ name }, at) => `acme/${name}#${issues[at]}: drafted`).toSorted());
  });
});

test.each(["web", "worker"])("%s without a database says what it needs", async (role) => {
  expect(await firstdraft(["serve", "--role", role], { ANTHROPIC_API_KEY: "k" })).toEqual({
    code: 2,
    stdout: "",
    stderr: expect.stringMatching(
      new RegExp(`^firstdraft: serve --role ${role} .*DATABASE_URL is not set\\.\n.+\n$`),
    ),
  });
});

test("a role that there is not is refused", async () => {
  const { code, stderr } = await firstdraft(["serve", "--role", "boss"]);
  expect(code).toBe(2);
  expect(stderr).toContain("--role takes web, worker, all, and was given boss");
});
