import { execFileSync } from "node:child_process";
import { cp, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { issue } from "../../src/demo/issue.ts";
import type { ScriptedCall, ScriptedReply } from "../../src/demo/messages-api.ts";
import { firstAttempt } from "../../src/demo/recorded-replies.ts";

export const sampleFolder = join(import.meta.dirname, "../../src/demo/sample");

/** A git repository with the demo's sample, and the demo's issue as a file. */
export interface Sample {
  readonly repository: string;
  readonly issueFile: string;
}

export async function makeSample(folder: string): Promise<Sample> {
  const top = await mkdtemp(join(folder, "sample-"));
  const repository = join(top, "duration");
  await cp(sampleFolder, repository, { recursive: true });
  git(repository, "init", "--quiet", "--initial-branch=main");
  commit(repository, "Initial commit");
  const issueFile = join(top, "issue.md");
  await writeFile(issueFile, `# ${issue.title}\n\n${issue.body}`);
  return { repository, issueFile };
}

export function commit(repository: string, message: string): void {
  git(repository, "add", "--all");
  git(repository, "commit", "--quiet", `--message=${message}`);
}

function git(repository: string, ...args: string[]): void {
  const who = ["-c", "user.name=bench", "-c", "user.email=bench@example.invalid"];
  execFileSync("git", ["-C", repository, ...who, ...args], { stdio: ["ignore", "ignore", "inherit"] });
}

/** The edits of the demo's first attempt: a test that fails without them, and what makes it pass. */
export const edits: readonly ScriptedCall[] = firstAttempt
  .flatMap(({ tools = [] }) => tools)
  .filter(({ name }) => name === "edit");

export const lastWord: ScriptedReply = {
  text: "It now adds all parts up.\n\n**Assumptions**\n\n- None.\n\n**Not done**\n\n- Nothing.",
};
