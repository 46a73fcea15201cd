import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type Happening, openJournal } from "../../src/agent/journal.ts";
import { Problem } from "../../src/log/problem.ts";
import { createRedact } from "../../src/log/redact.ts";
import { openRecord, runId } from "../../src/run/record.ts";
import { job } from "../job/triggers.ts";

const same = createRedact([]);
const limits = { usd: 1, turns: 9, minutes: 9, rounds: 1, testMinutes: 1, setupMinutes: 1 };
const header = {
  ...{ dir: null, commit: "c", tree: "t", branch: "main", model: "m", price: null },
  issue: { number: 1, title: "t", body: "", author: "ada" },
  ...{ guidance: null, feedback: [], limits, nonce: "n" },
};
const paid: readonly Happening[] = [
  { type: "run", header },
  { type: "sent", text: "go" },
  { type: "request", model: "m", maxTokens: 1024 },
  {
    type: "reply",
    message: {
      ...{ id: "msg_1", model: "m", content: [], stop_reason: "end_turn" },
      usage: { input_tokens: 1, output_tokens: 1 },
    },
  },
];

let top = "";
let folder = "";
let path = "";
beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), "firstdraft-record-"));
  folder = join(top, runId(job()));
  await mkdir(folder);
  path = join(folder, "journal.jsonl");
});
afterEach(() => rm(top, { recursive: true, force: true }));

function record(happenings: readonly Happening[]): void {
  using journal = openJournal(path, same);
  for (const one of happenings) journal.write(one);
}

/** The types of what is recorded for a run that starts now. */
async function recorded(): Promise<string[]> {
  await using opened = await openRecord(folder, same);
  return opened.recorded.map(({ type }) => type);
}

test("a run that paid for a reply and has no end is resumed, also where it had come to its end; one without any is not", async () => {
  expect(await recorded()).toEqual([]);
  await rm(path);
  record(paid);
  expect(await recorded()).toEqual(paid.map(({ type }) => type));
  await rm(path);
  // Its end may not have been said yet.
  const ended: readonly Happening[] = [...paid, { type: "outcome", outcome: {} }];
  record(ended);
  expect(await recorded()).toEqual(ended.map(({ type }) => type));
});

test("killed while the model was asked for the first time: that call may have been billed, and is on record", async () => {
  const asked = paid.slice(0, 3);
  record(asked);
  expect(await recorded()).toEqual(asked.map(({ type }) => type));
});

test("a call that was refused cost nothing: the run begins anew, with what was corrected meanwhile", async () => {
  record([...paid.slice(0, 3), { type: "end", end: { kind: "api-error" } }]);
  expect(await recorded()).toEqual([]);
});

test.each<[string, () => Promise<void>]>([
  ["of a later version", () => appendFile(path, '{"v":2,"at":"2026-11-25T00:00:00.000Z","type":"lost"}\n')],
  ["damaged", () => writeFile(path, "\0\0\0\0\n")],
])("a journal that is %s is left as it is, and the run says so instead of paying anew", async (_, spoil) => {
  record(paid);
  await spoil();
  const before = await readFile(path);
  const error = await openRecord(folder, same).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Problem);
  expect(error).toMatchObject({ code: "record-unreadable", kind: "infrastructure" });
  expect(String(error)).toContain("it is not a journal of this version");
  // It is said on the issue: where the folder lies is nobody's business there.
  expect(String(error)).not.toContain(tmpdir());
  expect(String(error)).not.toContain(basename(folder));
  expect(String(error)).toContain(basename(folder).slice(0, 12));
  expect(await readFile(path)).toEqual(before);
});

test("a journal that does not say what the run was asked for is left as it is, too", async () => {
  record([{ type: "run", header: {} }, ...paid.slice(1)]);
  await expect(openRecord(folder, same)).rejects.toMatchObject({ code: "record-unreadable" });
  expect(await readdir(folder)).toEqual(["journal.jsonl"]);
});

test("a journal that the disk does not give is left as it is, too", async () => {
  await mkdir(path);
  await expect(openRecord(folder, same)).rejects.toMatchObject({
    code: "record-unreadable",
    what: expect.stringContaining("EISDIR"),
  });
  expect(await readdir(folder)).toEqual(["journal.jsonl"]);
});
