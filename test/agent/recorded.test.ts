import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { type JournalEntry, readJournal } from "../../src/agent/journal.ts";
import { openRecordedModel } from "../../src/agent/recorded-model.ts";
import { openRecordedToolbox } from "../../src/agent/recorded-toolbox.ts";
import { type Script, type ScriptedReply, startMessagesApi } from "../../src/demo/messages-api.ts";
import { arrange, bash, tempFolder } from "./setup.ts";

const script: readonly ScriptedReply[] = [
  { text: "I look. 🙂", tools: [bash("date"), { name: "read", input: {} }] },
  { tools: [{ name: "bash", rawInput: '{"command": nope]' }] },
  {
    content: [
      { type: "thinking", thinking: "hm", signature: "sig" },
      { type: "text", text: "On." },
    ],
    stop_reason: "pause_turn",
  },
  { cut: "mid-event" },
  { tools: [bash("make")] },
  { text: "Done." },
];

/** Each call answers differently each time, as `date` would. */
let clock = 0;
const restless = () => ({ content: `at ${clock++}`, isError: false });

async function recordedRun(replies: Script = script) {
  await using run = await arrange({ script: replies, answer: restless });
  const end = await run.session.send("go");
  const entries = await readJournal(run.journalPath);
  return {
    end,
    entries,
    requests: run.api.requests.map(({ raw }) => raw),
    spent: run.session.spent,
    calls: run.calls,
  };
}

const withoutTime = (entries: readonly JournalEntry[]) =>
  entries.map(({ at, ...entry }) => (entry.type === "request" ? { ...entry, seconds: 0 } : entry));

test("a replay asks the same and ends the same, without a server", async () => {
  const recorded = await recordedRun();
  expect(recorded.end).toEqual({ kind: "done", text: "Done." });

  await using replay = await arrange({
    model: () => openRecordedModel(recorded.entries),
    toolbox: (real) => openRecordedToolbox(real, recorded.entries),
    answer: restless,
  });
  const end = await replay.session.send("go");

  expect(end).toEqual(recorded.end);
  expect(replay.api.requests).toEqual([]);
  expect(replay.calls).toEqual(recorded.calls);
  expect({ ...replay.session.spent, seconds: 0 }).toEqual({ ...recorded.spent, seconds: 0 });
  expect(withoutTime(await readJournal(replay.journalPath))).toEqual(withoutTime(recorded.entries));
});

test.each<[string, ScriptedReply]>([
  ["an API error", { status: 401, error: { type: "authentication_error", message: "no" } }],
  ["a refusal", { text: "no", stop_reason: "refusal" }],
  ["a reply that broke off twice", { cut: "mid-event" }],
])("%s ends the replay as it ended the run", async (_, last) => {
  const recorded = await recordedRun((_request, i) => (i === 0 ? { tools: [bash("ls")] } : last));
  await using replay = await arrange({ model: () => openRecordedModel(recorded.entries) });
  const end = await replay.session.send("go");
  expect(end).toMatchObject({ kind: recorded.end.kind });
  if (recorded.end.kind === "api-error")
    expect(end).toMatchObject({ problem: recorded.end.problem, status: recorded.end.status });
});

test("a record that runs out is a problem, not a network error", async () => {
  const recorded = await recordedRun();
  const torn = recorded.entries.slice(0, 5);
  await using replay = await arrange({ model: () => openRecordedModel(torn) });
  await expect(replay.session.send("go")).rejects.toMatchObject({ code: "journal-exhausted" });
  expect(replay.api.requests).toEqual([]);
});

test("the model of a record is the one it was made with", async () => {
  const { entries } = await recordedRun();
  expect(openRecordedModel(entries)).toMatchObject({ id: "claude-sonnet-5-5", kind: "recorded" });
});

/** Kills a run at every entry of its journal and resumes it. */
test("a killed run goes on where its record ends and pays for no reply twice", async () => {
  const recorded = await recordedRun();
  const lines = recorded.entries.length;
  for (let kept = 1; kept < lines; kept++) {
    const entries = recorded.entries.slice(0, kept);
    const answered = entries.filter((entry) => entry.type === "reply" || entry.type === "lost").length;
    const inFlight =
      entries.findLastIndex((entry) => entry.type === "request") >
      entries.findLastIndex((entry) => entry.type === "reply" || entry.type === "lost");
    const api = await startMessagesApi(script.slice(answered));
    let exhausted = 0;
    await using resumed = await arrange({
      api,
      model: (live) => openRecordedModel(entries, { live, onExhausted: () => void exhausted++ }),
      toolbox: (real) => openRecordedToolbox(real, entries),
    });

    const end = await resumed.session.send("go");

    // The cut of the script is one too many where the call in flight counts as lost before it.
    if (end.kind === "done") {
      expect(api.requests.map(({ raw }) => raw).length).toBe(script.length - answered);
      expect(exhausted).toBe(answered < script.length ? 1 : 0);
    } else
      expect({ end, inFlight }).toMatchObject({
        end: { kind: "api-error", problem: "unreachable" },
        inFlight: true,
      });
    if (inFlight) expect(resumed.session.spent.turns).toBeGreaterThan(answered);
    await api.close();
  }
});

test.each([
  ["killed three times in the same call", []],
  ["killed in a call after one that broke off, twice", [{ tools: [bash("ls")] }, { cut: "mid-event" }]],
] satisfies [string, ScriptedReply[]][])(
  "%s, a run still goes on, and has paid for each of them",
  async (_, replies) => {
    await using first = await arrange({ script: [...replies, { text: "unheard" }] });
    await first.session.send("go");
    const killedAt = (entries: readonly JournalEntry[]) =>
      entries.slice(0, entries.findLastIndex(({ type }) => type === "request") + 1);
    let entries = killedAt(await readJournal(first.journalPath));
    for (let life = 2; life <= 3; life++) {
      const record = entries;
      await using again = await arrange({
        script: [{ text: "unheard" }],
        model: (live) => openRecordedModel(record, { live }),
      });
      expect(await again.session.send("go")).toMatchObject({ kind: "done" });
      entries = killedAt(await readJournal(again.journalPath));
    }
    await using last = await arrange({
      script: [{ text: "Done." }],
      model: (live) => openRecordedModel(entries, { live }),
    });
    expect(await last.session.send("go")).toEqual({ kind: "done", text: "Done." });
    expect(last.api.requests).toHaveLength(1);
    expect(last.session.spent.turns).toBe(replies.length + 4);
  },
);

test("a resumed run sends what the killed one would have sent, to the byte", async () => {
  const replies: ScriptedReply[] = [{ tools: [bash("date")] }, { tools: [bash("make")] }, { text: "Done." }];
  const recorded = await recordedRun(replies);
  const firstTool = recorded.entries.findIndex((entry) => entry.type === "tool");
  const entries = recorded.entries.slice(0, firstTool + 1);
  await using resumed = await arrange({
    script: replies.slice(1),
    model: (live) => openRecordedModel(entries, { live }),
    toolbox: (real) => openRecordedToolbox(real, entries),
    answer: restless,
  });
  await resumed.session.send("go");
  expect(resumed.api.requests[0]?.raw).toBe(recorded.requests[1]);
});

test("a resumed run that is stopped or killed while it repeats the record has lost none of it", async () => {
  await using folder = await tempFolder();
  const journalPath = join(folder.path, "journal.jsonl");
  const killed = await arrange({ script: [{ tools: [bash("ls")] }, { tools: [bash("make")] }], journalPath });
  const copy = join(folder.path, "copy.jsonl");
  await killed.session.send("go");
  const entries = await readJournal(journalPath);
  await copyFile(journalPath, copy);

  // Never goes live: it stops in the middle of the record.
  const abort = new AbortController();
  const second = await arrange({
    journalPath,
    model: (live) => openRecordedModel(entries, { live, onExhausted: () => second.journal.takeOver() }),
    answer: () => {
      abort.abort();
      return { content: "", isError: false };
    },
  });
  await second.session.send("go", abort.signal);

  expect(await readJournal(journalPath)).toEqual(await readJournal(copy));
  await second[Symbol.asyncDispose]();
  expect(await readJournal(journalPath)).toEqual(await readJournal(copy));
  await killed[Symbol.asyncDispose]();
});

test("the recorded toolbox makes every call and says where it now differs", async () => {
  const { entries } = await recordedRun([{ tools: [bash("date")] }, { text: "ok" }]);
  const differs: string[] = [];
  const calls: unknown[] = [];
  const real = {
    call: async (call: unknown) => {
      calls.push(call);
      return { content: "now", isError: true };
    },
    stop: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
  const toolbox = openRecordedToolbox(real, entries, (name) => differs.push(name));
  expect(await toolbox.call(bash("date"))).toMatchObject({
    content: expect.stringMatching(/^at /),
    isError: false,
  });
  expect(await toolbox.call(bash("more"))).toEqual({ content: "now", isError: true });
  expect({ differs, made: calls.length }).toEqual({ differs: ["bash"], made: 2 });
});
