import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { ScriptedReply } from "../../src/demo/messages-api.ts";
import { proved, sums } from "../helpers/sums.ts";
import { type ActionHouse, openActionHouse } from "./house.ts";
import type { Step } from "./runner.ts";

jest.setTimeout(180_000);
let house: ActionHouse;
let replies: ScriptedReply[] = [];
let folder: string;
beforeAll(async () => {
  const files = {
    ...sums,
    ".github/workflows/ci.yml": "name: ci\non: [push, pull_request]\n",
    ".github/firstdraft.yml": "ready: verified\n",
  };
  house = await openActionHouse(files, () => replies.shift() ?? { text: "I see nothing to change." });
  folder = await mkdtemp(join(tmpdir(), "firstdraft-ready-"));
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function requireSaid({ outputs }: Step): Promise<void> {
  const { draft, body } = await house.get(`/pulls/${outputs["pull-request-number"]}`);
  expect(draft).toBe(false);
  expect(body).toContain(
    "### Checks of this repository\n\n**Did not start**: the branch was written with the workflow's own `GITHUB_TOKEN`",
  );
}

test("with the workflow's own token no checks start: said at once, in one job and in two; ready as the repository says", async () => {
  replies = [...proved];
  const one = await house.labelled();
  await requireSaid(await house.step(one.event));

  replies = [...proved];
  const two = await house.labelled();
  const inputs = { "draft-file": join(folder, "draft.json") };
  await house.step(two.event, { inputs: { ...inputs, mode: "generate" } });
  await requireSaid(await house.step(two.event, { inputs: { ...inputs, mode: "publish" } }));
});
