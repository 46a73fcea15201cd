import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createNodeMiddleware, createProbot } from "probot";
import { startGitHub } from "../../../src/demo/github/start.ts";
import type { Json, LocalGitHub } from "../../../src/demo/github/types.ts";

interface Seen {
  readonly id: string;
  readonly event: string;
  readonly payload: Json;
}

let github: LocalGitHub;
const seen: Seen[] = [];
const server = createServer();

beforeAll(async () => {
  github = await startGitHub({
    repositories: [{ owner: "acme", name: "shop", files: { "a.txt": "a\n" } }],
    users: [{ login: "alice", role: "write" }],
    app: { webhookSecret: "of the test" },
  });
  const probot = createProbot({
    env: {
      APP_ID: String(github.appId),
      PRIVATE_KEY: github.privateKey,
      WEBHOOK_SECRET: "of the test",
      GHE_HOST: github.host,
      GHE_PROTOCOL: "http",
      LOG_LEVEL: "fatal",
    },
  });
  const middleware = await createNodeMiddleware(
    (app) => {
      app.onAny((context) => {
        seen.push({ id: context.id, event: context.name, payload: context.payload });
      });
      app.on("issues.opened", async (context) => {
        await context.octokit.rest.issues.createComment(context.issue({ body: "Seen." }));
      });
    },
    { probot, webhooksPath: "/hook" },
  );
  server.on("request", (request, response) => void middleware(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  github.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`);
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await github.close();
});

async function next(event: string, action: string): Promise<Seen> {
  for (;;) {
    const found = seen.findIndex((one) => one.event === event && one.payload.action === action);
    if (found >= 0) return seen.splice(found, 1)[0] as Seen;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test("Probot hears of issues, labels and comments, and answers as its App", async () => {
  const alice = github.as("alice");
  const { number } = await alice.openIssue("acme/shop", { title: "VAT", body: "Raise it", labels: ["bug"] });
  const opened = await next("issues", "opened");
  expect(opened.id).toMatch(/^[0-9a-f-]{36}$/);
  expect(opened.payload).toMatchObject({
    issue: { number, title: "VAT", user: { login: "alice" } },
    repository: { full_name: "acme/shop", private: false, archived: false, default_branch: "main" },
    sender: { login: "alice", type: "User" },
    installation: { id: github.installationId() },
  });
  expect((await next("issues", "labeled")).payload.label).toMatchObject({ name: "bug" });

  const answered = await next("issue_comment", "created");
  expect(answered.payload).toMatchObject({
    comment: { body: "Seen." },
    sender: { login: github.appLogin, type: "Bot" },
    issue: { number },
  });
  expect(answered.payload.issue).not.toHaveProperty("pull_request");

  await alice.label("acme/shop", number, "ai-generate");
  const labeled = await next("issues", "labeled");
  expect(labeled.payload.label).toMatchObject({
    name: "ai-generate",
    id: expect.any(Number),
    default: false,
  });
  await alice.unlabel("acme/shop", number, "ai-generate");
  expect((await next("issues", "unlabeled")).payload.label.name).toBe("ai-generate");
  await alice.editIssue("acme/shop", number, { body: "Raise it twice" });
  expect((await next("issues", "edited")).payload.issue.body).toBe("Raise it twice");
});

test("a comment on a pull request says what it is on; a label on it is an event of its own", async () => {
  const alice = github.as("alice");
  await alice.push("acme/shop", "topic", { message: "x", files: { "b.txt": "b\n" } });
  const pull = { head: "topic", base: "main", title: "x" };
  const { number } = (await alice.request("POST", "/repos/acme/shop/pulls", pull)).body;
  await next("pull_request", "opened");
  await alice.comment("acme/shop", number, "/regenerate");
  expect((await next("issue_comment", "created")).payload).toMatchObject({
    comment: { body: "/regenerate", user: { login: "alice" } },
    issue: { number, title: "x", pull_request: { url: expect.stringContaining(`/pulls/${number}`) } },
  });
  await alice.label("acme/shop", number, "ai-generate");
  expect((await next("pull_request", "labeled")).payload).toMatchObject({ number, pull_request: { number } });
});

test("a delivery is on record with the App's answer, and keeps its GUID when sent again", async () => {
  await github.as("alice").openIssue("acme/shop", { title: "Again" });
  const { id } = await next("issues", "opened");
  expect(await github.redeliver(id)).toBe(200);
  expect((await next("issues", "opened")).id).toBe(id);
  expect(github.deliveries.find(({ guid }) => guid === id)).toMatchObject({ event: "issues", status: 200 });
});
