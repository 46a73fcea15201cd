import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createStages } from "../../src/app/stages.ts";
import { readOperatorConfig } from "../../src/config/operator-config.ts";
import { readIssue } from "../../src/github/issue.ts";
import type { Job } from "../../src/job/job.ts";
import type { House } from "../../src/run.ts";
import { name, openShop, type Shop } from "../github/shop.ts";
import { job } from "../job/triggers.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.github.close());

// What is taken in needs no sandbox and no model.
const house = () => ({ operator: readOperatorConfig({}), redact: (text: string) => text }) as House;

async function labelled() {
  const { github, access } = shop;
  const [, repo = ""] = name.split("/");
  const { number } = await github.as("alice").openIssue(name, { title: "Wrong sum", body: "Mend it." });
  await github.as("acme").request("PATCH", `/repos/${name}/issues/${number}`, { assignees: ["mia"] });
  await github.as("alice").label(name, number, "ai-generate");
  const { title, body, author } = await readIssue(access, number);
  const issue = { number, title, body, author };
  const asked = (label: string | null, approves?: number): Job =>
    job(number, repo, {
      requestedBy: { login: "alice", type: "User" },
      request: { kind: "issue", issue, label, ...(approves === undefined ? {} : { approves }) },
    });
  const stages = createStages(house(), () => {});
  const intake = (job: Job, busy = false) =>
    stages.intake(job, access, {
      ...{ busy, cancelledBy: null, cancel: async () => [] },
      signal: new AbortController().signal,
    });
  const said = async () =>
    (await github.as("acme").request("GET", `/repos/${name}/issues/${number}/comments`)).body.at(-1).body;
  const approve = async () => asked(null, (await github.as("alice").comment(name, number, "/approve")).id);
  return { asked, intake, said, approve };
}

test("an approval whose intake is done twice, since its process was killed, is accepted twice", async () => {
  const { asked, intake, approve } = await labelled();
  expect(await intake(asked("ai-generate"))).toBe("refused");
  const approval = await approve();
  expect(await intake(approval)).toBe("accepted");
  expect(await intake(approval)).toBe("accepted");
});

test("while a run is under way a label is told that, and the run's words stay", async () => {
  const { asked, intake, said } = await labelled();
  expect(await intake(asked("ai-generate"), true)).toBe("refused");
  expect(await said()).toContain("A run of this is under way or waiting already.");
});

test("who names the issue, by a dispatch, is not asked", async () => {
  const { asked, intake } = await labelled();
  expect(await intake(asked(null))).toBe("accepted");
});
