import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type { IssueText } from "../job/job.ts";
import { Problem } from "../log/problem.ts";

/** An issue from a text file: the title is the first line, with or without `#`; the rest is the body. `-`: standard input. */
export async function readIssueFile(path: string): Promise<IssueText> {
  const content = await readText(path);
  const [first = "", ...rest] = content.trim().split("\n");
  const title = first.replace(/^#+\s*/, "").trim();
  const body = rest.join("\n").trim();
  if (title === "") throw new Problem("issue-file-unreadable", { path, why: "it is empty" });
  // A file of one line says all it has to say in its title.
  return { number: 0, title, body: body === "" ? title : body, author: "local" };
}

async function readText(path: string): Promise<string> {
  try {
    if (path === "-") return await text(process.stdin);
    return await readFile(path, "utf8");
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "";
    const why = { ENOENT: "there is no such file", EISDIR: "it is a folder", EACCES: "it may not be read" }[
      code
    ];
    throw new Problem("issue-file-unreadable", { path, why: why ?? String(code) }, { cause });
  }
}
