import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { createRedact } from "../../src/log/redact.ts";
import { clearLeftOver } from "../../src/run/left-over.ts";
import { openRecord } from "../../src/run/record.ts";

let dataDir = "";
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "firstdraft-left-over-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const journals = {
  read: async () => [],
  begin: async () => ({ add: async () => {} }),
  remove: async () => {},
};

/** A run that has got as far as its workspace. */
async function begun(run: string, copies?: typeof journals) {
  const folder = join(dataDir, "runs", run);
  const record = await openRecord(folder, createRedact([]), copies);
  await mkdir(join(folder, "workspace"));
  await writeFile(join(folder, "workspace", "half"), "");
  return record;
}

const left = (run: string) => readdir(join(dataDir, "runs", run)).then((names) => names.toSorted());

test("what the App had at work when it was killed is cleared but for its record; a run of the command line is not", async () => {
  await clearLeftOver(dataDir);
  using dead = new DisposableStack();
  for (const [run, copies] of [
    ["apps", journals],
    ["lines", undefined],
  ] as const) {
    const record = await begun(run, copies);
    dead.adopt(record.journal, (journal) => journal[Symbol.dispose]());
  }
  await clearLeftOver(dataDir);
  expect(await left("apps")).toEqual(["journal.jsonl"]);
  expect(await left("lines")).toEqual(["journal.jsonl", "workspace"]);
});

test("a run that ends leaves its record alone", async () => {
  const record = await begun("ended", journals);
  expect(await left("ended")).toEqual(["at-work", "journal.jsonl", "workspace"]);
  await record[Symbol.asyncDispose]();
  expect(await left("ended")).toEqual(["journal.jsonl"]);
});
