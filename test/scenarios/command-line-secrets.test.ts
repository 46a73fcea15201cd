import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, jest, test } from "@jest/globals";
import { writeResults } from "../../src/cli/write-results.ts";
import { createRedact } from "../../src/log/redact.ts";
import { firstdraft } from "../helpers/command-line.ts";
import { patience } from "../helpers/until.ts";

jest.setTimeout(patience);
const key = "canary-Key.of_nobody-0123456789";
const folder = mkdtempSync(join(tmpdir(), "firstdraft-secrets-"));
afterAll(() => rmSync(folder, { recursive: true }));
const read = (name: string) => readFileSync(join(folder, name), "utf8");

test("firstdraft verify redacts its JSON and its SARIF, where a file of the change has a secret's name", async () => {
  const dir = join(folder, "repository");
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", dir, "-c", "user.name=a", "-c", "user.email=a@example.com", ...args]);
  mkdirSync(dir);
  git("init", "-q");
  git("commit", "-q", "--allow-empty", "-m", "A base");
  writeFileSync(join(dir, `${key}.js`), "eval(code);\n");
  git("add", "-A");
  git("commit", "-q", "-m", "A change");
  const asked = ["verify", "--repo", dir, "--base", "HEAD~1", "--sarif", join(folder, "found.sarif")];
  const { stdout } = await firstdraft([...asked, "--json"], { ANTHROPIC_API_KEY: key });
  expect(JSON.parse(stdout).findings).toContainEqual(expect.objectContaining({ file: "[redacted].js" }));
  expect(JSON.parse(read("found.sarif")).runs[0].results).toHaveLength(1);
  for (const text of [stdout, read("found.sarif")]) expect(text).not.toContain(key.slice(0, 12));
});

test("so does firstdraft local in what it leaves behind", async () => {
  await writeResults(folder, {
    outcome: { kind: "stopped", code: "git-failed", what: `git said ${key}.`, fix: "Look.", spent: null },
    repository: { gitDir: folder, branch: "main", commit: "a".repeat(40), tree: "b".repeat(40) },
    issue: { number: 1, title: "A title", body: "A text", author: "ada" },
    ...{ sandbox: "bubblewrap", redact: createRedact([key]) },
  });
  expect(JSON.parse(read("evidence.json")).message).toBe("git said [redacted].");
  expect(read("report.md")).toContain("redacted");
  expect(read("report.md")).not.toContain(key);
});
