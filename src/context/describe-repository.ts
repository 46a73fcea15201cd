import type { IssueText } from "../job/job.ts";
import type { TestPlan } from "../verify/plan/plan.ts";
import { listFiles } from "../workspace/list-files.ts";
import { readFile } from "../workspace/read-file.ts";
import type { Repository } from "../workspace/types.ts";
import { rankFiles } from "./rank.ts";
import type { SeenText } from "./seen.ts";

export interface RepositoryOptions {
  readonly repository: Repository;
  readonly toolchain: Pick<TestPlan, "setup" | "test">;
  readonly issue: IssueText;
}

/** Where projects write down how to work on them, the most specific first. */
const instructionFiles = ["AGENTS.md", "CLAUDE.md", ".github/copilot-instructions.md", "CONTRIBUTING.md"];
const instructionCharacters = 12_000;
const listedFiles = 400;
const rankedFiles = 15;

export interface Described {
  readonly text: string;
  /** The texts that it is made of. */
  readonly seen: readonly SeenText[];
}

/** The repository in words, the same for the same tree and issue: how it is tested, its rules, its files. */
export async function describeRepository({
  repository,
  toolchain,
  issue,
}: RepositoryOptions): Promise<Described> {
  const { tree } = repository;
  const files = await listFiles(repository, tree);
  const paths = files.map(({ path }) => path);
  const rules = await instructions(repository, paths);
  const ranked = await rankFiles(repository, files, `${issue.title}\n${issue.body}`);
  const list = listing(paths);
  const closest = ranked.slice(0, rankedFiles).join("\n");
  const parts = [
    "# The repository",
    toolchain.test === null
      ? "No way to run tests was found."
      : `Tests are run with: ${toolchain.test}${toolchain.setup === null ? "" : ` (installed with: ${toolchain.setup})`}`,
    ...rules.map(({ path, shown }) => `## ${path}\n\n${shown}`),
    closest !== "" && `## Files that look closest to the task\n\n${closest}`,
    `## Files${paths.length > listedFiles ? ` (the first ${listedFiles} of ${paths.length} by folder depth; use glob for more)` : ""}\n\n${list}`,
  ];
  const listed = seenText("files", "names of the repository's files", list.length + closest.length, 0);
  return {
    text: parts.filter((part) => part !== false).join("\n\n"),
    seen: [...rules.map(({ path, shown, cut }) => seenText("instructions", path, shown.length, cut)), listed],
  };
}

function seenText(kind: SeenText["kind"], where: string, characters: number, cut: number): SeenText {
  return { kind, where, by: null, characters, removed: [], cut };
}

/** The project's own rules, of the base: data that the model follows, not part of the system prompt. */
async function instructions(repository: Repository, paths: readonly string[]) {
  const rules: { path: string; shown: string; cut: number }[] = [];
  const seen = new Set<string>([""]);
  let left = instructionCharacters;
  for (const path of instructionFiles.filter((file) => paths.includes(file))) {
    const text = (await readFile(repository, repository.tree, path))?.trim() ?? "";
    if (seen.has(text) || left <= 0) continue; // one is often a symlink to another
    seen.add(text);
    const cut = Math.max(0, text.length - left);
    const shown = cut > 0 ? `${text.slice(0, left)}\n[cut; read the file for the rest]` : text;
    left -= shown.length;
    rules.push({ path, shown, cut });
  }
  return rules;
}

function listing(paths: readonly string[]): string {
  const depth = (path: string) => path.split("/").length;
  const shown = [...paths].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1)).slice(0, listedFiles);
  return shown.sort().join("\n");
}
