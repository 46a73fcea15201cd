import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";
import { firstdraft } from "../helpers/command-line.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { inOneStep, mended, proving, summary, sums, write } from "../helpers/sums.ts";

const once = { ...sums, ".github/firstdraft.yml": "limits:\n  rounds: 0\n" };
const shared = sharedHouse({ repositories: { sums, once } });
const injection = write(
  "src/find.js",
  'export const find = (db, name) =>\n  db.query("SELECT * FROM users WHERE name = \'" + name + "\'");\n',
);
const careful = write(
  "src/find.js",
  'export const find = (db, name) =>\n  db.query("SELECT * FROM users WHERE name = $1", [name]);\n',
);
const sentence =
  "SQL is put together from values here, so a value can change what it does: give the values as parameters of the query. (CWE-89)";

test("an injection that the model wrote stands beside the verdict, first in the findings, and on its line", async () => {
  const house = shared();
  const repository = house.at("once");
  house.reply(inOneStep(proving, mended, injection));
  const issue = await repository.openIssue();
  await repository.label(issue);
  expect(await repository.settled(issue)).toContain("**Verified**: ");

  const [pull] = await repository.pulls();
  const [verdict, notice] = pull.body.split("\n\n");
  expect(verdict).toMatch(/^\*\*Verified\*\*: /);
  expect(notice).toBe("> [!CAUTION]\n> The review of the added lines has 1 finding of high severity.");
  const findings = pull.body.slice(pull.body.indexOf("### Findings\n\n")).split("\n").slice(2);
  expect(findings[0]).toMatch(/^- \*\*High\*\* \[`src\/find\.js:2`\]\(http\S+\/src\/find\.js#L2\): /);
  expect(findings[0]).toContain(sentence);
  expect(pull.body).toMatch(
    /### Where to look first\n\n- \[`src\/find\.js:1–2`\]\S+: a high finding of the review/,
  );

  const { check_runs: checks } = await repository.get(`/commits/${pull.head.sha}/check-runs`);
  expect(checks[0]).toMatchObject({ conclusion: "success", output: { title: "Verified" } });
  expect(checks[0].output.summary).toContain("The review of the added lines has 1 finding of high severity.");
  const notes = await repository.get(`/check-runs/${checks[0].id}/annotations`);
  const place = { path: "src/find.js", start_line: 2, end_line: 2 };
  expect(notes[0]).toMatchObject({ ...place, annotation_level: "failure", message: sentence });
});

test("the model is told once, and what it corrects is no finding any more", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply([
    ...inOneStep(proving, mended, injection),
    { text: "Corrected.", tools: [careful] },
    { text: summary },
  ]);
  const issue = await repository.openIssue();
  await repository.label(issue);
  expect(await repository.settled(issue)).toContain("**Verified**: ");

  const asked = house.asked();
  expect(asked).toHaveLength(4);
  const told = JSON.stringify(asked[2]?.body.messages.at(-1));
  expect(told).toContain(`- high: src/find.js:2: ${sentence}`);
  expect(told).toContain("The tests hold. A review by fixed rules found this");
  const [pull] = await repository.pulls();
  expect(pull.body).not.toContain("CWE-89");
  expect(pull.body).not.toContain("[!CAUTION]");
  expect(pull.body).toContain(" · 2 rounds of verification · ");
});

test("what the model leaves as it is stays a finding, and the run ends", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply([...inOneStep(proving, mended, injection), { text: summary }]);
  const issue = await repository.openIssue();
  await repository.label(issue);
  expect(await repository.settled(issue)).toContain("**Verified**: ");
  expect(house.asked()).toHaveLength(3);
  const [pull] = (await repository.pulls()).filter(({ head }) => head.ref.endsWith(`-${issue}`));
  expect(pull.body).toContain(sentence);
});

test("firstdraft verify says it on the screen, as JSON, and as SARIF", async () => {
  const dir = mkdtempSync(join(tmpdir(), "firstdraft-review-"));
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
    commit(sums);
    commit({ [injection.input.file_path]: injection.input.content });
    const file = join(dir, "found.sarif");
    const asked = ["verify", "--repo", dir, "--base", "HEAD~1", "--sarif", file];
    const screen = await firstdraft(asked);
    expect(screen.stdout).toContain("The review of the added lines has 1 finding of high severity.");
    expect(screen.stdout).toContain(`  high: src/find.js:2: ${sentence}`);
    const { stdout } = await firstdraft([...asked, "--json"]);
    expect(JSON.parse(stdout).findings[0]).toMatchObject({
      ...{ gate: "review", file: "src/find.js", line: 2 },
      review: { rule: "javascript-sql", cwe: 89, severity: "high" },
    });
    const { runs } = JSON.parse(readFileSync(file, "utf8"));
    expect(runs[0].results).toMatchObject([
      { ruleId: "javascript-sql", level: "error", message: { text: sentence } },
    ]);
    const nowhere = await firstdraft([...asked.slice(0, -1), join(dir, "none", "found.sarif")]);
    expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining("cannot be written (ENOENT)") });
  } finally {
    rmSync(dir, { recursive: true });
  }
});
