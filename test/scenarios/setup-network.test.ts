import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, jest, test } from "@jest/globals";
import { firstdraft } from "../helpers/command-line.ts";
import { patience } from "../helpers/until.ts";
import { startPackageServer } from "../verify/package-server.ts";

jest.setTimeout(patience);

const server = await startPackageServer({
  sums: { files: { "index.js": "exports.add = (a, b) => a + b;\n" } },
  far: { from: "telemetry.example" },
});
const top = mkdtempSync(join(tmpdir(), "firstdraft-setup-network-"));
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(top, { recursive: true, force: true });
});

const reason =
  "Setup was refused hosts that nobody listed; network.allow in .github/firstdraft.yml or FIRSTDRAFT_SETUP_HOSTS of the operator opens one: telemetry.example:80 (once).";

function repository(): string {
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.invalid", ...args], { cwd: top });
  const commit = (files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(top, dirname(path)), { recursive: true });
      writeFileSync(join(top, path), text);
    }
    git("add", "-A");
    git("commit", "-q", "-m", "a commit");
  };
  git("init", "-q", "-b", "main");
  const test = (expected: number) =>
    `const { test } = require("node:test");\nconst assert = require("node:assert");\ntest("adds ${expected}", () => assert.equal(require("..").two(), ${expected}));\n`;
  commit({
    "package.json": JSON.stringify({
      ...{ name: "app", main: "index.js", scripts: { test: "node --test" } },
      dependencies: { sums: "1.0.0" },
      optionalDependencies: { far: "1.0.0" },
    }),
    "index.js": "exports.two = () => 3;\n",
  });
  commit({ "index.js": 'exports.two = () => require("sums").add(1, 1);\n', "test/two.test.js": test(2) });
  return top;
}

test("by default setup reaches the client's registry alone; what it was refused stands among the findings", async () => {
  const args = ["verify", "--repo", repository(), "--base", "HEAD~1", "--fresh"];
  const env = { npm_config_registry: `http://localhost:${server.port}/npm/` };
  const [json, text] = [await firstdraft([...args, "--json"], env), await firstdraft(args, env)];
  expect(json.stderr).not.toContain("firstdraft:");
  expect(JSON.parse(json.stdout)).toMatchObject({
    verdict: "verified",
    findings: expect.arrayContaining([{ gate: "setup", weight: "remark", file: "", line: null, reason }]),
  });
  expect(text.stdout).toContain(reason);

  const closed = await firstdraft([...args, "--json"], {
    npm_config_registry: "http://registry.example/",
    FIRSTDRAFT_SETUP_HOSTS: "packages.example",
  });
  const { verdict, findings } = JSON.parse(closed.stdout);
  expect(verdict).toBe("unverified");
  expect(findings[0].reason).toContain("opens one: registry.example:80 (");
});
