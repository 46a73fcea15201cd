import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { type MessagesApi, startMessagesApi } from "../../src/demo/messages-api.ts";
import { wasmFiles } from "../../src/review/wasm-files.ts";
import { proved, sums } from "../helpers/sums.ts";
import { type Bundle, buildBundle } from "./runner.ts";

const root = join(import.meta.dirname, "..", "..");
const run = promisify(execFile);
jest.setTimeout(180_000);
let bundle: Bundle;
let model: MessagesApi;
beforeAll(async () => {
  bundle = await buildBundle();
  model = await startMessagesApi(proved);
});
afterAll(async () => {
  await Promise.all([bundle[Symbol.asyncDispose](), model.close()]);
});

test("the Action is one file of less than 3 MB, without what belongs to the App, the queue or the demo", async () => {
  const file = join(bundle.dist, "index.js");
  expect((await stat(file)).size).toBeLessThan(3_000_000);
  const line = bundle.printed.split("\n").find((text) => text.includes("index.js")) ?? "";
  expect(line).toContain("@actions/core");
  expect(line).not.toMatch(/ (probot|pg-boss|pg|@electric-sql\/\S+|emulate)( |$)/);
  // Nothing is installed where it runs.
  const imported = [...(await readFile(file, "utf8")).matchAll(/import(?:[\w$*{},\s]+from)?"([^"]+)"/g)];
  const names = imported.map(([, name = ""]) => name);
  expect(names).toContain("node:fs");
  expect(names.filter((name) => !isBuiltin(name))).toEqual([]);
});

test("beside it are the program that reviews and every grammar that it reads", async () => {
  const files = await readdir(bundle.dist);
  expect(files).toEqual(expect.arrayContaining(["review.js", ...wasmFiles.map((file) => basename(file))]));
});

test("the installed command line drafts a change, with the toolbox that was built beside it", async () => {
  await symlink(join(root, "node_modules"), join(bundle.folder, "node_modules"));
  const repo = await newRepository(join(bundle.folder, "project"));
  const issue = join(bundle.folder, "issue.md");
  await writeFile(issue, "# add subtracts\n\n`add(1, 2)` is -1. It should be 3.\n");

  const { bin } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const program = join(bundle.folder, bin.firstdraft);
  expect(await readFile(program, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
  const { stdout } = await run(
    process.execPath,
    [program, "local", "--repo", repo, "--issue", issue, "--out", join(bundle.folder, "out"), "--json"],
    {
      env: {
        ...{ PATH: process.env.PATH, HOME: bundle.folder },
        ...{ ANTHROPIC_API_KEY: "recorded", ANTHROPIC_BASE_URL: model.url },
        FIRSTDRAFT_SECOND_LOOK: "no",
        FIRSTDRAFT_ASK: "no",
      },
    },
  );
  expect(JSON.parse(stdout)).toMatchObject({ verdict: "verified", outcome: "written" });
});

async function newRepository(folder: string): Promise<string> {
  for (const [path, content] of Object.entries(sums)) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), content ?? "");
  }
  const git = (...args: string[]) => run("git", ["-C", folder, ...args]);
  await git("init", "--quiet");
  await git("add", "--all");
  await git("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "--quiet", "-m", "First");
  return folder;
}
