import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";
import { firstdraft } from "../helpers/command-line.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { inOneStep, mended, proving, summary, sums, write } from "../helpers/sums.ts";

/** A repository with a script in Python beside its sources, and a linter for it. */
const linted = {
  ...sums,
  ".flake8": "[flake8]\nmax-line-length = 100\n",
  "scripts/old.py": "import os\n",
};
const shared = sharedHouse({ repositories: { linted } });
const careless = write("scripts/count.py", "import sys\n\n\ndef count(a):\n    return len(a)\n");
const careful = write("scripts/count.py", "def count(a):\n    return len(a)\n");
const sentence = "flake8: 'sys' imported but unused (F401)";

async function drafted(replies: Parameters<ReturnType<typeof shared>["reply"]>[0]) {
  const house = shared();
  const repository = house.at("linted");
  house.reply(replies);
  const issue = await repository.openIssue();
  await repository.label(issue);
  expect(await repository.settled(issue)).toContain("**Verified**: ");
  const [pull] = (await repository.pulls()).filter(({ head }) => head.ref.endsWith(`-${issue}`));
  const { check_runs: checks } = await repository.get(`/commits/${pull.head.sha}/check-runs`);
  const notes = await repository.get(`/check-runs/${checks[0].id}/annotations`);
  return { body: String(pull.body), notes, asked: house.asked() };
}

test("the model is told once what the repository's linter newly says, and what it corrects is gone", async () => {
  const { body, asked } = await drafted([
    ...inOneStep(proving, mended, careless),
    { text: "Corrected.", tools: [careful] },
    { text: summary },
  ]);
  expect(asked).toHaveLength(4);
  const told = JSON.stringify(asked[2]?.body.messages.at(-1));
  expect(told).toContain(
    "The tests hold. The repository's own linters complain about this, and did not before; do not silence them:",
  );
  expect(told).toContain(`- scripts/count.py:1: ${sentence}`);
  expect(told).not.toContain("old.py");
  expect(body).not.toContain("F401");
  expect(body).toContain("The project's own linters: no new complaint");
});

test("what it leaves stays a finding on its line, and the verdict is the tests' alone", async () => {
  const { body, notes, asked } = await drafted([...inOneStep(proving, mended, careless), { text: summary }]);
  expect(asked).toHaveLength(3);
  const [, findings = ""] = body.split("### Findings\n\n");
  expect(findings).toMatch(/^- Linter \[`scripts\/count\.py:1`\]\(http\S+\/scripts\/count\.py#L1\): /m);
  expect(findings).toContain(sentence);
  expect(body).toContain("The project's own linters: 1 new complaint (flake8 1)");
  expect(notes).toContainEqual(
    expect.objectContaining({
      ...{ path: "scripts/count.py", start_line: 1, end_line: 1 },
      ...{ annotation_level: "warning", message: sentence },
    }),
  );
});

test("firstdraft verify says it as JSON and as SARIF", async () => {
  const dir = mkdtempSync(join(tmpdir(), "firstdraft-linters-"));
  try {
    const git = (...args: string[]) =>
      execFileSync("git", ["-C", dir, "-c", "user.name=a", "-c", "user.email=a@example.com", ...args]);
    const commit = (files: Readonly<Record<string, unknown>>) => {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(join(dir, dirname(path)), { recursive: true });
        writeFileSync(join(dir, path), String(content));
      }
      git("add", "-A");
      git("commit", "-q", "-m", "A commit");
    };
    git("init", "-q");
    commit(linted);
    commit({ [careless.input.file_path]: careless.input.content });
    const file = join(dir, "found.sarif");
    const asked = ["verify", "--repo", dir, "--base", "HEAD~1", "--sarif", file];
    const { stdout } = await firstdraft([...asked, "--json"]);
    const { findings, linters } = JSON.parse(stdout);
    expect(findings[0]).toMatchObject({
      ...{ gate: "linter", file: "scripts/count.py", line: 1, reason: sentence },
      lint: { linter: "flake8", rule: "F401", severity: "error" },
    });
    expect(linters).toEqual([{ name: "flake8", folder: "", result: "compared", found: 1 }]);
    const { runs } = JSON.parse(readFileSync(file, "utf8"));
    expect(runs[1]).toMatchObject({
      tool: { driver: { name: "flake8", rules: [{ id: "F401" }] } },
      results: [{ ruleId: "F401", level: "error", message: { text: sentence } }],
    });
  } finally {
    rmSync(dir, { recursive: true });
  }
});
