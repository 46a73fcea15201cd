import { basename, dirname } from "node:path";
import type { FileChange } from "../../workspace/types.ts";
import type { Finding } from "../types.ts";
import type { GateInput } from "./gate.ts";
import { languageOf } from "./language.ts";
import { wordsIn } from "./likeness.ts";

/** Words of an issue that stand in every repository, and so name no place in it. */
const minimum = 4;

/** Source files that are far from everything that the issue names; nothing if it names nothing of the change. */
export async function farFiles({ base, head, changes, issueText, isTest }: GateInput): Promise<Finding[]> {
  if (issueText === undefined) return [];
  const sources = changes.filter(({ path, binary }) => !binary && languageOf(path) !== null && !isTest(path));
  const texts = new Map(
    await Promise.all(
      sources.map(async (change) => {
        const look = change.status === "deleted" ? base : head;
        return [change.path, (await look.read(change.path)) ?? ""] as const;
      }),
    ),
  );
  const near = new Set(
    sources.filter(({ path }) => isNamed(path, texts.get(path) ?? "", issueText)).map(({ path }) => path),
  );
  if (near.size === 0) return [];
  const folders = new Set([...near].map((path) => dirname(path)));
  const all = [...near].map((path) => ({ path, text: texts.get(path) ?? "" }));
  return sources
    .filter(({ path }) => !near.has(path) && !folders.has(dirname(path)))
    .filter((change) => !isTied(change, texts.get(change.path) ?? "", all))
    .map(({ path }) => ({
      ...{ gate: "far-file", weight: "remark", file: path, line: null },
      reason: "The issue names neither this file nor anything in it or beside it.",
    }));
}

/** Whether the issue names a file: by its path, by its name, or by something that it declares. */
function isNamed(path: string, text: string, issue: string): boolean {
  const stem = basename(path).replace(/\.\w+$/, "");
  if (issue.includes(path) || issue.includes(basename(path))) return true;
  const asked = wordsIn([issue]);
  const declared = text.matchAll(
    /\b(?:function|class|def|fn|func|struct|interface|enum|trait|const|let|type|void|int|bool|auto)\s+(?:\([^)\n]*\)\s*)?(\w+)/g,
  );
  const names = [stem, ...[...declared].map(([, name]) => name ?? "")];
  return names.some((name) => name.length >= minimum && isTelling(name, issue) && asked.has(name));
}

/** A name that reads as a plain word names something only where the issue writes it as code. */
function isTelling(name: string, issue: string): boolean {
  if (/[a-z][A-Z]|_|\d/.test(name)) return true;
  return issue.includes(`\`${name}`) || issue.includes(`${name}(`) || issue.includes(`.${name}`);
}

/** Whether one of `near` imports the file, or the file one of them, by its name. */
function isTied(change: FileChange, text: string, near: readonly { path: string; text: string }[]): boolean {
  const mentions = (whole: string, path: string) => {
    const stem = basename(path).replace(/\.\w+$/, "");
    const name = /^(index|__init__|mod|lib|main)$/.test(stem) ? basename(dirname(path)) : stem;
    return whole
      .split("\n")
      .some((line) => /\b(import|from|require|use|mod|#include|include)\b/.test(line) && line.includes(name));
  };
  return near.some(({ path, text: other }) => mentions(other, change.path) || mentions(text, path));
}
