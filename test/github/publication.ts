import { execFileSync } from "node:child_process";
import type { Publication } from "../../src/github/publish.ts";
import type { Shop } from "./shop.ts";

export const branch = "firstdraft/issue-1";

/** What is to be published of the default branch's head with these changes. Builds the expected tree with git itself. */
export async function publicationOf(
  { github }: Pick<Shop, "github">,
  changes: Publication["changes"],
  publishedHead: string | null,
) {
  const gitDir = await github.gitDir("acme", "shop");
  const git = (args: string[], input: string | Buffer = "") =>
    execFileSync("git", ["--git-dir", gitDir, ...args], {
      input,
      encoding: "utf8",
      env: { ...process.env, GIT_INDEX_FILE: `${gitDir}/index-of-test` },
    }).trim();
  git(["read-tree", "main"]);
  for (const { path, mode, content } of changes) {
    if (content === null) git(["update-index", "--index-info"], `0 ${"0".repeat(40)}\t${path}\n`);
    else
      git([
        "update-index",
        "--add",
        "--cacheinfo",
        `${mode},${git(["hash-object", "-w", "--stdin"], content)},${path}`,
      ]);
  }
  const base = { commit: git(["rev-parse", "main"]), tree: git(["rev-parse", "main^{tree}"]) };
  return {
    branch,
    base,
    tree: git(["write-tree"]),
    changes,
    message: "Raise the VAT",
    publishedHead,
    stillWanted: async () => {},
    ...{ made: null, keep: async () => {}, shows: true },
  };
}
