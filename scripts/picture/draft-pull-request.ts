import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureSandbox } from "../../src/demo/ensure-sandbox.ts";
import { startGitHub } from "../../src/demo/github/start.ts";
import { issue } from "../../src/demo/issue.ts";
import { startMessagesApi } from "../../src/demo/messages-api.ts";
import { recordedScript } from "../../src/demo/recorded-script.ts";
import { startApp } from "../../src/demo/start-app.ts";
import { openWatch } from "../../src/demo/watch.ts";

/** A pull request as GitHub tells of it. */
export interface PullRequest {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly user: { readonly login: string };
  readonly base: { readonly ref: string };
  readonly head: { readonly ref: string };
}

/** The demo's first half: an issue, a label, and the pull request that the App drafts for it. */
export async function draftPullRequest(): Promise<PullRequest> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  if (!ensureSandbox(say)) process.exit(3);
  const repository = "acme/duration";
  const model = await startMessagesApi(recordedScript);
  await using github = await startGitHub({
    repositories: [
      { owner: "acme", name: "duration", folder: join(import.meta.dirname, "../../src/demo/sample") },
    ],
    users: [{ login: "ada", role: "admin" }],
    app: {},
  });
  await using app = await startApp(github, {
    DATA_DIR: join(await mkdtemp(join(tmpdir(), "firstdraft-picture-")), "data"),
    ANTHROPIC_API_KEY: "recorded",
    ANTHROPIC_BASE_URL: model.url,
  });
  github.deliverTo(app.webhookUrl);
  const ada = github.as("ada");
  const { number } = await ada.openIssue(repository, issue);
  await ada.label(repository, number, "ai-generate");
  const drafted = await openWatch(ada, repository, say).untilDraft(number, 1);
  const { body } = await ada.request("GET", `/repos/${repository}/pulls/${drafted}`);
  await model.close();
  return body as PullRequest;
}
