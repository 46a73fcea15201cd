import { expect, jest, test } from "@jest/globals";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { LocalApp } from "../../src/demo/github/types.ts";
import { firstdraft } from "../helpers/command-line.ts";
import { sums } from "../helpers/sums.ts";
import { patience } from "../helpers/until.ts";

jest.setTimeout(patience);

const old = {
  contents: "write",
  issues: "write",
  pull_requests: "write",
  checks: "write",
  metadata: "read",
} as const;
const events = ["issues", "issue_comment", "pull_request_review", "pull_request"];

async function doctor(app: LocalApp) {
  await using github = await startGitHub({
    repositories: [{ owner: "acme", name: "sums", files: sums }],
    app,
  });
  const env = {
    ...{ ANTHROPIC_API_KEY: "not-a-key", APP_ID: String(github.appId), PRIVATE_KEY: github.privateKey },
    ...{ GHE_HOST: github.host, GHE_PROTOCOL: "http" },
  };
  const { code, stdout, stderr } = await firstdraft(["doctor"], env);
  expect(stdout + stderr).not.toContain("PRIVATE KEY-----");
  return { code, lines: stdout.split("\n") };
}

test("doctor names what an older App lacks for checks, each once, and what does not work without it", async () => {
  const { code, lines } = await doctor({ permissions: old, events });
  expect(code).toBe(0);
  const about = lines.filter((line) => /statuses|actions|check_suite|event status|^. App /.test(line));
  expect(about).toEqual([
    expect.stringMatching(/^- statuses: read +the App does not have it: statuses of commits are not seen/),
    expect.stringMatching(/^- actions: read +the App does not have it: the model does not get the log/),
    expect.stringMatching(/^- event check_suite +the App does not have it: the end of a draft's check runs/),
    expect.stringMatching(/^- event status +the App does not have it: the end of what reports no check runs/),
  ]);
});

test("of one that has all of it there is nothing to say", async () => {
  const permissions = { ...old, statuses: "read", actions: "read" } as const;
  const { code, lines } = await doctor({ permissions, events: [...events, "check_suite", "status"] });
  expect(code).toBe(0);
  expect(lines).toContainEqual(expect.stringMatching(/^✓ App +it has what checks of drafts need$/));
});

test("rights that the App asks for, and that nobody has accepted where it is installed", async () => {
  const permissions = { ...old, statuses: "read", actions: "read" } as const;
  const { lines } = await doctor({
    permissions,
    accepted: old,
    events: [...events, "check_suite", "status"],
  });
  expect(lines.filter((line) => line.includes("accepted"))).toEqual([
    expect.stringMatching(/^- statuses: read +not accepted by acme: /),
    expect.stringMatching(/^- actions: read +not accepted by acme: /),
  ]);
});

test("where GitHub does not answer, it says so and goes on", async () => {
  const env = { ANTHROPIC_API_KEY: "not-a-key", APP_ID: "1", PRIVATE_KEY: "not a key" };
  const { code, stdout } = await firstdraft(["doctor"], env);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^- App +GitHub does not say what it may do: .*there is no key in PEM format/m);
});
