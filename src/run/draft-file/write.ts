import { rm, writeFile } from "node:fs/promises";
import { threadsOf } from "../../context/remarks.ts";
import { textDigest } from "../../github/issue.ts";
import { Problem } from "../../log/problem.ts";
import type { Redact } from "../../log/redact.ts";
import { redactedJson } from "../../log/redacted-json.ts";
import type { Draft, Outcome } from "../../report/outcome.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { contentsOf } from "../contents-of.ts";
import type { DraftRequest } from "../draft.ts";
import { standingAt } from "../revision.ts";
import { type DraftFile, draftFileVersion, type Written } from "./schema.ts";

type Packed = Pick<DraftRequest, "repository" | "issue" | "revises" | "replaces" | "feedback">;

/** The part of a draft that git alone keeps: to be read before the run's folders are gone. */
export async function pack(
  { repository, issue, revises, replaces, feedback }: Packed,
  { verification, changes: _, ...account }: Draft,
  sandbox: Sandbox["name"],
): Promise<Written> {
  const { setupCommand: _setup, testCommand: _test, ...proof } = verification;
  const onto = revises === null ? repository : await standingAt(repository, revises);
  const changed = await contentsOf(onto, verification.treeSha);
  const files = changed.map(({ path, mode, content }) => ({
    path,
    mode: mode as Written["files"][number]["mode"],
    content: content === null ? null : content.toString("base64"),
  }));
  const threads = revises === null ? [] : threadsOf(feedback);
  const about = {
    base: repository.commit,
    issueText: textDigest(issue),
    sandbox,
    revises,
    replaces,
    threads,
  };
  return { kind: "written", ...about, files, account, proof } as Written;
}

/** What a run hands on that ended without a change. */
export function endOf(
  outcome: Extract<Outcome, { kind: "stopped" | "unchanged" | "waits" }>,
): DraftFile["result"] {
  if (outcome.kind === "stopped") return outcome;
  if (outcome.kind === "waits") return { ...outcome, likely: null };
  return { kind: "unchanged", account: outcome.draft } as DraftFile["result"];
}

/** Writes the file in place of what is there: a link there is not followed. The change itself was searched before. */
export async function writeDraftFile(
  path: string,
  { run, key, result }: Omit<DraftFile, "version">,
  redact: Redact,
): Promise<void> {
  const files = result.kind === "written" ? { files: result.files } : {};
  const rest = JSON.parse(redactedJson({ ...result, files: undefined }, redact));
  const text = JSON.stringify({ version: draftFileVersion, run, key, result: { ...rest, ...files } });
  try {
    await rm(path, { force: true });
    await writeFile(path, `${text}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    throw new Problem("file-not-written", { path, why: (error as NodeJS.ErrnoException).code ?? "unknown" });
  }
}
