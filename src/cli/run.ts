import { randomUUID } from "node:crypto";
import { connectWithToken } from "../github/connect.ts";
import { readIssue } from "../github/issue.ts";
import { dispatchedJob } from "../job/dispatched.ts";
import { Problem } from "../log/problem.ts";
import { outcomeExitCode } from "../report/exit-code.ts";
import { outcomeJson } from "../report/json.ts";
import { outcomeText } from "../report/text.ts";
import { run } from "../run.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import type { CliCommand } from "./command.ts";
import { progressOn, show } from "./screen.ts";
import { modelHelp, modelOptions, readSettings, requireVariable } from "./settings.ts";

const help = `firstdraft run OWNER/REPO#NUMBER [--dry-run] [--json]

One issue on GitHub, to a draft pull request. Needs GITHUB_TOKEN (contents, issues, pull requests: write) and
ANTHROPIC_API_KEY; GITHUB_API_URL names another GitHub.

  --dry-run        everything but writing to GitHub
${modelHelp}
  --json           one object on standard output

Exit codes: 0 verified or tests-pass, 1 failed or unverified, 2 bad use or configuration, 3 infrastructure.
`;

export const command: CliCommand = {
  help,
  positionals: ["OWNER/REPO#NUMBER"],
  options: { "dry-run": { type: "boolean" }, json: { type: "boolean" }, ...modelOptions },
  async run(given) {
    const { operator, redact } = readSettings(given);
    const { repository, number } = parseIssueName(given.positionals[0] ?? "");
    const token = requireVariable("GITHUB_TOKEN", "a token that may write to the repository");
    const apiKey = requireVariable("ANTHROPIC_API_KEY", "a key for the Messages API");
    const apiUrl = process.env.GITHUB_API_URL || "https://api.github.com";
    const sandbox = await openSandbox(operator.sandbox);
    const access = await connectWithToken({ token, apiUrl, repository, limits: operator.githubLimits });
    const issue = await readIssue(access, number);
    const actor = { login: access.login, type: "User" };
    const job = dispatchedJob({ door: "cli", deliveryId: randomUUID(), actor, repository, issue });
    const stop = new AbortController();
    process.once("SIGINT", () => stop.abort(new Error("interrupted")));
    const outcome = await run(job, {
      ...{ access, emit: progressOn(redact), signal: stop.signal, dryRun: given.flag("dry-run") },
      model: given.text("model"),
      house: { operator, apiKey, sandbox, redact },
    });
    show({ json: outcomeJson(outcome), text: outcomeText(outcome) }, given.flag("json"), redact);
    return outcomeExitCode(outcome);
  },
};

function parseIssueName(text: string) {
  const [, owner, repo, number] = /^([\w-]+)\/([\w.-]+)#([1-9]\d{0,9})$/.exec(text) ?? [];
  if (owner === undefined || repo === undefined) throw new Problem("issue-name-invalid", { text });
  return { repository: { owner, repo }, number: Number(number) };
}
