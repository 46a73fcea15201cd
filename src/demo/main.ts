import { execFileSync } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureSandbox } from "./ensure-sandbox.ts";
import { startGitHub } from "./github/start.ts";
import { guidance, issue } from "./issue.ts";
import { startMessagesApi } from "./messages-api.ts";
import { recordedScript } from "./recorded-script.ts";
import { startApp } from "./start-app.ts";
import { openWatch } from "./watch.ts";

const repository = "acme/duration";
const say = (line: string) => process.stdout.write(`${line}\n`);
const title = (line: string) => say(`\n\u001b[1m${line}\u001b[0m`);

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
if (!ensureSandbox(say)) process.exit(3);
const folder = await mkdtemp(join(tmpdir(), "firstdraft-demo-"));
const key = process.env.ANTHROPIC_API_KEY;
const recorded = key ? null : await startMessagesApi(recordedScript);
say(
  recorded
    ? "Without ANTHROPIC_API_KEY the model's replies are a record, written by hand; everything else is real."
    : "ANTHROPIC_API_KEY is set: this is the live model, and it costs money.",
);

title("A GitHub on this machine, and the app");
await using github = await startGitHub({
  repositories: [{ owner: "acme", name: "duration", folder: join(import.meta.dirname, "sample") }],
  users: [{ login: "ada", role: "admin" }],
  app: {},
});
await using app = await startApp(github, {
  DATA_DIR: join(folder, "data"),
  ANTHROPIC_API_KEY: key ?? "recorded",
  ...(recorded ? { ANTHROPIC_BASE_URL: recorded.url } : baseUrl()),
});
github.deliverTo(app.webhookUrl);
say(`GitHub: ${github.url}   app: ${app.webhookUrl}`);

const ada = github.as("ada");
const watch = openWatch(ada, repository, say);

title(`ada opens an issue: ${issue.title}`);
say(issue.body);
const { number } = await ada.openIssue(repository, issue);
title("ada labels it ai-generate");
await ada.label(repository, number, "ai-generate");
const first = await watch.untilDraft(number, 1);
await show(first);

title(`ada comments: /regenerate ${guidance}`);
await ada.comment(repository, first, `/regenerate ${guidance}`);
await watch.untilDraft(first, 2);
await show(first);

title("Where to look");
const clone = join(folder, "duration");
execFileSync("git", ["clone", "--quiet", await github.gitDir("acme", "duration"), clone]);
say(
  `the repository with the draft's branch: git -C ${clone} diff origin/main origin/firstdraft/issue-${number}`,
);
say(`the journals of both runs: ${join(folder, "data", "runs")}`);
await recorded?.close();

/** The pull request as its reviewer finds it. */
async function show(pullRequest: number): Promise<void> {
  const { body: pull } = await ada.request("GET", `/repos/${repository}/pulls/${pullRequest}`);
  const { body: checks } = await ada.request(
    "GET",
    `/repos/${repository}/commits/${pull.head.sha}/check-runs`,
  );
  title(`Pull request #${pull.number}${pull.draft ? " (draft)" : ""}: ${pull.title}`);
  say(
    `${pull.html_url}   check run: ${checks.check_runs.map((run: { conclusion: string }) => run.conclusion).join(", ")}`,
  );
  say(`\n${pull.body}`);
  const gitDir = await github.gitDir("acme", "duration");
  say(execFileSync("git", ["-C", gitDir, "diff", "main", pull.head.sha], { encoding: "utf8" }));
}

function baseUrl(): Record<string, string> {
  const url = process.env.ANTHROPIC_BASE_URL;
  return url ? { ANTHROPIC_BASE_URL: url } : {};
}
