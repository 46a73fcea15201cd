import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { Files, Json } from "../../src/demo/github/types.ts";
import { broken, proving, sums } from "../helpers/sums.ts";
import { type ActionHouse, openActionHouse, repository } from "./house.ts";
import { dispatchOf, type Step } from "./runner.ts";

/** The right change, and the test that fails without it. */
const mended: Files = { "src/sums.js": sums["src/sums.js"]?.toString().replace("a - b", "a + b") ?? "" };
const proof: Files = { ...mended, [proving.input.file_path]: proving.input.content };

jest.setTimeout(180_000);
let house: ActionHouse;
beforeAll(async () => {
  house = await openActionHouse(sums, []);
});
afterAll(async () => house[Symbol.asyncDispose]());

const lastWord = ({ commands }: Step) => commands.at(-1);
const checksOn = async (sha: string): Promise<Json[]> =>
  (await house.get(`/commits/${sha}/check-runs`)).check_runs;
const labelsOf = async (number: number): Promise<string[]> =>
  (await house.get(`/issues/${number}/labels`)).map(({ name }: Json) => name);

test("a change with its test is proved: a comment, a check run, a green step, and no model", async () => {
  const { number, head, event } = await house.proposed(proof);
  // Whoever may only write pull requests cannot make a label, but use it.
  await house.github.as("ada").request("POST", `/repos/${repository}/labels`, {
    name: "firstdraft: verified",
  });
  const step = await house.verify(event);
  expect(step.exitCode).toBe(0);
  expect(step.outputs).toEqual({
    "pull-request-number": String(number),
    "pull-request-url": (await house.get(`/pulls/${number}`)).html_url,
    "commit-sha": head,
    verdict: "verified",
  });
  const sentence = "Verified: a test fails on the base, passes here, and nothing that passed before broke.";
  expect(lastWord(step)).toEqual({ name: "notice", data: `Pull request #${number}. ${sentence}` });
  expect(step.commands.filter(({ name }) => name === "group").map(({ data }) => data)).toEqual([
    "fetching the repository",
    "running the tests",
    "reporting on the pull request",
    "Result",
  ]);

  const [comment, ...others] = await house.comments(number);
  expect(others).toEqual([]);
  expect(comment).toMatch(/^\*\*Verified\*\*: a test fails on the base/);
  expect(comment).toContain("| `adds` in `test/add.test.js` | absent | failed (assertion) | passed |");
  expect(comment).toContain(`Repeat it: \`git fetch origin ${head} && git switch --detach FETCH_HEAD`);
  expect(await checksOn(head)).toMatchObject([
    { name: "firstdraft", conclusion: "success", output: { title: "Verified", annotations_count: 0 } },
  ]);
  expect(await labelsOf(number)).toEqual(["firstdraft: verified"]);
  expect(step.summary).toContain("| `adds` in `test/add.test.js` | absent | failed (assertion) | passed |");
  expect(step.summary).not.toContain("There is no");
  expect(house.model.requests).toEqual([]);
});

test("what the base branch got since is no part of the change, and the base says how it is tested", async () => {
  const { number } = await house.proposed({ ...proof, ".github/firstdraft.yml": "test: exit 1\n" });
  const base = (await house.get("/git/ref/heads/main")).object.sha;
  const moved = { "src/later.js": "export default 1;\n", "test/negates.test.js": "throw new Error();\n" };
  await house.github.as("ada").push(repository, "main", { message: "Meanwhile", files: moved });
  const step = await house.verify(await dispatchOf(house.github, repository, "ada", {}), {
    inputs: { "pull-request-number": String(number) },
  });
  expect(step.outputs.verdict).toBe("verified");
  const [comment] = await house.comments(number);
  expect(comment).toContain(`against \`${base.slice(0, 12)}\` of \`main\``);
  expect(comment).not.toContain("later.js");
  const undo = { "src/later.js": null, "test/negates.test.js": null };
  await house.github.as("ada").push(repository, "main", { message: "Undo", files: undo });
});

test("a change that breaks something is red; its run for the mended commit updates what is there", async () => {
  const { number, branch, event } = await house.proposed({ "src/sums.js": broken.input.content });
  const first = await house.verify(event);
  expect(first).toMatchObject({ exitCode: 1, outputs: { verdict: "failed" } });
  expect(lastWord(first)).toEqual({
    name: "error",
    data: `Pull request #${number}. Failed: tests that passed before fail here.`,
  });
  expect(first.log).toContain("negates");
  expect((await house.comments(number))[0]).toMatch(/^\*\*Failed\*\*/);

  const head = await house.github.as("ada").push(repository, branch, { message: "Mend it", files: proof });
  event.payload.action = "synchronize";
  for (const verdict of ["verified", "verified"])
    expect(await house.verify(event)).toMatchObject({ exitCode: 0, outputs: { verdict } });
  const comments = await house.comments(number);
  expect(comments).toHaveLength(1);
  expect(comments[0]).toMatch(/^\*\*Verified\*\*/);
  expect(await checksOn(head)).toHaveLength(1);
});

test("a weakened test is named on its line, once however often it is said, and the label follows the verdict", async () => {
  const weaker = sums["test/sums.test.js"]?.toString().replace("equal(negate(3), -3)", "ok(true)") ?? "";
  const { number, head, event } = await house.proposed({ ...proof, "test/sums.test.js": weaker });
  const inputs = { "github-token": await house.github.actionsToken() };
  for (const verdict of ["failed", "failed"])
    expect((await house.verify(event, { inputs })).outputs).toMatchObject({ verdict });
  const [check] = await checksOn(head);
  expect(check).toMatchObject({ conclusion: "failure" });
  const notes = await house.get(`/check-runs/${check.id}/annotations`);
  const line = weaker.split("\n").findIndex((text) => text.includes("ok(true)")) + 1;
  expect(notes).toContainEqual(
    expect.objectContaining({ path: "test/sums.test.js", start_line: line, annotation_level: "failure" }),
  );
  const places = notes.map((note: Json) => `${note.path}:${note.start_line} ${note.message}`);
  expect(new Set(places).size).toBe(places.length);
  expect(check.output.text).toContain("### Findings");
  expect(await labelsOf(number)).toEqual(["firstdraft: failed"]);
});

test("an injection stands on its line, in the comment, and in a file for code scanning; the verdict is the tests' alone", async () => {
  const injection =
    'export const find = (db, name) => db.query("SELECT * FROM users WHERE name = " + name);\n';
  const { number, head, event } = await house.proposed({ ...proof, "src/find.js": injection });
  const place = await mkdtemp(join(tmpdir(), "firstdraft-sarif-"));
  try {
    const file = join(place, "found.sarif");
    const step = await house.verify(event, { inputs: { "sarif-file": file } });
    expect(step).toMatchObject({ exitCode: 0, outputs: { verdict: "verified" } });
    const [{ results }] = JSON.parse(await readFile(file, "utf8")).runs;
    expect(results).toMatchObject([{ ruleId: "javascript-sql", level: "error" }]);
  } finally {
    await rm(place, { recursive: true });
  }
  expect((await house.comments(number))[0]).toContain(
    "> The review of the added lines has 1 finding of high severity.",
  );
  const [check] = await checksOn(head);
  const notes = await house.get(`/check-runs/${check.id}/annotations`);
  expect(notes).toContainEqual(
    expect.objectContaining({ path: "src/find.js", start_line: 1, annotation_level: "failure" }),
  );
});
