import { rm, writeFile } from "node:fs/promises";
import { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import { redactedJson } from "../log/redacted-json.ts";
import { sarif } from "../report/sarif.ts";
import type { Finding } from "../verify/types.ts";

/** Writes what the review finds to `path`, in place of what is there: a link there is not followed. */
export async function writeSarif(path: string, findings: readonly Finding[], redact: Redact): Promise<void> {
  try {
    await rm(path, { force: true });
    await writeFile(path, `${redactedJson(sarif(findings), redact, 2)}\n`, { flag: "wx" });
  } catch (error) {
    throw new Problem("file-not-written", { path, why: (error as NodeJS.ErrnoException).code ?? "unknown" });
  }
}
