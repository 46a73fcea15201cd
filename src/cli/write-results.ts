import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { IssueText } from "../job/job.ts";
import type { Redact } from "../log/redact.ts";
import { redactedJson } from "../log/redacted-json.ts";
import { outcomeComment } from "../report/comment.ts";
import { outcomeJson } from "../report/json.ts";
import type { Outcome } from "../report/outcome.ts";
import { body } from "../report/pull-request/body.ts";
import { title } from "../report/pull-request/title.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { patchBetween } from "../workspace/changes-between.ts";
import type { Repository } from "../workspace/types.ts";

interface Results {
  readonly outcome: Outcome;
  readonly repository: Repository;
  readonly issue: IssueText;
  readonly sandbox: Sandbox["name"];
  readonly redact: Redact;
}

/** Writes what a run without GitHub leaves behind; a file of an earlier run that this one does not have is removed. */
export async function writeResults(out: string, results: Results): Promise<void> {
  const { outcome, repository, redact } = results;
  await writeFile(join(out, "evidence.json"), `${redactedJson(outcomeJson(outcome), redact, 2)}\n`);
  await writeFile(join(out, "report.md"), `${redact(reportOf(results))}\n`);
  const patch = join(out, "change.patch");
  if (outcome.kind !== "written") return rm(patch, { force: true });
  await writeFile(patch, await patchBetween(repository, repository.tree, outcome.draft.verification.treeSha));
}

function reportOf({ outcome, repository, issue, sandbox }: Results): string {
  if (outcome.kind !== "written") return outcomeComment(outcome);
  const report = {
    ...{ issue, revises: null, draft: outcome.draft, attempt: 1, requestedBy: issue.author, sandbox },
    ...{ branch: null, links: null, base: { branch: repository.branch, commit: repository.commit } },
  };
  return `# ${title(report)}\n\n${body(report)}`;
}
