import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { openJournal } from "../agent/journal.ts";
import { defaultModel, openLiveModel } from "../agent/live-model.ts";
import { Problem } from "../log/problem.ts";
import { outcomeExitCode } from "../report/exit-code.ts";
import { outcomeJson } from "../report/json.ts";
import { outcomeText } from "../report/text.ts";
import { writeDraft } from "../run/draft.ts";
import { requireNoPurses } from "../run/purse.ts";
import { headerOf } from "../run/record.ts";
import { requestFor } from "../run/request.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { openBaselines } from "../verify/baselines.ts";
import { openLocalRepository } from "../workspace/open-local-repository.ts";
import { removeAll } from "../workspace/remove-all.ts";
import type { CliCommand } from "./command.ts";
import { readIssueFile } from "./read-issue-file.ts";
import { progressOn, show } from "./screen.ts";
import { modelHelp, modelOptions, readSettings, requireVariable } from "./settings.ts";
import { writeResults } from "./write-results.ts";

const help = `firstdraft local --repo DIR --issue FILE [--out DIR] [--json]

A draft for a local git repository from an issue in a text file, without GitHub. The repository is not touched.
Needs ANTHROPIC_API_KEY; ANTHROPIC_BASE_URL names another server that speaks the Messages API.

  --repo DIR       the repository; default: where you are
  --issue FILE     the issue: its title in the first line, then what to change; - for standard input
  --out DIR        where change.patch, evidence.json, report.md and journal.jsonl are put; default firstdraft-out
  --rev REV        the revision to start from; default HEAD
${modelHelp}
  --json           one object on standard output

Exit codes: 0 verified or tests-pass, 1 failed or unverified, 2 bad use or configuration, 3 infrastructure.
`;

export const command: CliCommand = {
  help,
  positionals: [],
  options: {
    repo: { type: "string" },
    issue: { type: "string" },
    out: { type: "string" },
    rev: { type: "string" },
    json: { type: "boolean" },
    ...modelOptions,
  },
  async run(given) {
    const { operator, redact } = readSettings(given);
    requireNoPurses(operator);
    const issueFile = given.text("issue");
    if (issueFile === undefined) throw new Problem("option-missing", { name: "--issue", command: "local" });
    const issue = await readIssueFile(issueFile);
    const dir = resolve(given.text("repo") ?? ".");
    const out = resolve(given.text("out") ?? "firstdraft-out");
    const apiKey = requireVariable("ANTHROPIC_API_KEY", "a key for the Messages API");
    const folder = await mkdtemp(join(tmpdir(), "firstdraft-local-"));
    try {
      const opening = openSandbox(operator.sandbox);
      // Beside the reading of the repository; what stands against it is told where it is waited for.
      opening.catch(() => {});
      const repository = await openLocalRepository({
        dir,
        rev: given.text("rev") ?? "HEAD",
        cacheDir: folder,
      });
      const asked = { issue, guidance: null, feedback: [], nonce: randomUUID() };
      const request = await requestFor(asked, repository, operator);
      const id = given.text("model") ?? request.config.model ?? operator.model ?? defaultModel;
      const sandbox = await opening;
      await mkdir(out, { recursive: true });
      await rm(join(out, "journal.jsonl"), { force: true });
      using journal = openJournal(join(out, "journal.jsonl"), redact);
      journal.write({
        type: "run",
        header: headerOf(request, { dir, isPublic: false, model: id, operator }),
      });
      const baseUrl = operator.anthropicBaseUrl === undefined ? {} : { baseUrl: operator.anthropicBaseUrl };
      const outcome = await writeDraft(request, {
        ...{ operator, sandbox, journal, recorded: [], folder, redact },
        model: openLiveModel({ id, apiKey, ...baseUrl }),
        baselines: openBaselines(join(operator.dataDir, "baselines")),
        emit: progressOn(redact),
      });
      journal.write({ type: "outcome", outcome: outcomeJson(outcome) });
      await writeResults(out, { outcome, repository, issue, sandbox: sandbox.name, redact });
      show(
        { json: outcomeJson(outcome), text: `${outcomeText(outcome)}\n\nWritten to ${out}` },
        given.flag("json"),
        redact,
      );
      return outcomeExitCode(outcome);
    } finally {
      await removeAll(folder);
    }
  },
};
