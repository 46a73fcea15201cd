import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { Problem } from "../../log/problem.ts";
import { type DraftFile, draftFile } from "./schema.ts";

/** Bytes. A change may have 30 MB, which base64 makes 40. */
export const mostBytes = 64 * 1024 * 1024;

/**
 * Reads a draft file as what a stranger might have written: a file and no link, capped, by a schema that knows every key,
 * and only for this very run and what it was asked for. Throws `draft-file-missing`, `draft-file-refused`.
 */
export async function readDraftFile(
  path: string,
  expected: Pick<DraftFile, "run" | "key">,
): Promise<DraftFile["result"]> {
  const parsed = draftFile.safeParse(asJson(await readText(path)));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.slice(0, 4).join(".") || "its top";
    throw refused(`it is not what this version writes, at ${where}`);
  }
  const { run, key, result } = parsed.data;
  if (run !== expected.run) throw refused("it is of another run of the workflow");
  if (key !== expected.key) throw refused("it is about another issue or pull request");
  return result;
}

async function readText(path: string): Promise<string> {
  // Not to wait for a pipe, nor to read what a link leads to.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") throw new Problem("draft-file-missing", { path }, { cause: error });
    throw refused(`it cannot be opened (${error.code})`);
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw refused("it is no file");
    if (stat.size > mostBytes) throw refused(`it has more than ${mostBytes} bytes`);
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refused("it is not JSON");
  }
}

export const refused = (why: string) => new Problem("draft-file-refused", { why });
