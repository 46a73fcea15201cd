import { appendFile, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { openJournal, readJournal } from "../../src/agent/journal.ts";
import { arrange, bash, tempFolder } from "./setup.ts";

const same = (text: string) => text;

test("a run is on the record, in its order", async () => {
  await using run = await arrange({ script: [{ text: "I look.", tools: [bash("ls")] }, { text: "Done." }] });
  run.journal.write({ type: "run", header: { issue: 12 } });
  await run.session.send("go");
  run.journal.write({ type: "event", event: { type: "step", step: "verifying" } });
  run.journal.write({ type: "verification", verification: { verdict: "verified" } });
  run.journal.write({ type: "outcome", outcome: { kind: "written" } });

  const entries = await readJournal(run.journalPath);

  expect(entries.map(({ v, at, ...entry }) => entry)).toEqual([
    { type: "run", header: { issue: 12 } },
    { type: "sent", text: "go" },
    { type: "request", model: "claude-sonnet-5-5", maxTokens: 16_000, seconds: expect.any(Number) },
    {
      type: "reply",
      message: {
        id: "msg_0000",
        model: "claude-sonnet-5-5",
        stop_reason: "tool_use",
        content: [
          { type: "text", text: "I look." },
          { type: "tool_use", id: "toolu_0000_0", name: "bash", input: { command: "ls" } },
        ],
        usage: expect.objectContaining({ output_tokens: expect.any(Number) }),
      },
    },
    {
      type: "tool",
      id: "toolu_0000_0",
      name: "bash",
      input: { command: "ls" },
      content: 'ran {"command":"ls"}',
      isError: false,
      ran: true,
    },
    { type: "request", model: "claude-sonnet-5-5", maxTokens: 16_000, seconds: expect.any(Number) },
    expect.objectContaining({ type: "reply" }),
    { type: "end", end: { kind: "done", text: "Done." } },
    { type: "event", event: { type: "step", step: "verifying" } },
    { type: "verification", verification: { verdict: "verified" } },
    { type: "outcome", outcome: { kind: "written" } },
  ]);
});

test("every string is redacted on its way in", async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, "j");
  {
    using journal = openJournal(path, (text) => text.replaceAll("sk-secret", "[redacted]"));
    journal.write({ type: "run", header: { deep: [{ key: 'a "sk-secret"\n' }] } });
    journal.write({
      type: "tool",
      id: "1",
      name: "bash",
      input: { command: "echo sk-secret" },
      content: "sk-secret",
      isError: false,
      ran: true,
    });
  }
  expect(await readFile(path, "utf8")).not.toContain("sk-secret");
  expect(await readJournal(path)).toHaveLength(2);
  // What was asked of the model stands in it: its owner's alone.
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test("the torn last line of a killed process is left out", async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, "j");
  openJournal(path, same).write({ type: "sent", text: "go" });
  await appendFile(path, '{"v":1,"at":"2026-11-22T10:0');
  expect(await readJournal(path)).toMatchObject([{ type: "sent", text: "go" }]);
});

test.each([
  ["a later version", '{"v":2,"at":"2026-11-22T10:00:00.000Z","type":"sent","text":"go"}\n'],
  ["another kind of line", '{"v":1,"at":"2026-11-22T10:00:00.000Z","type":"spoken","text":"go"}\n'],
  ["a line that is no JSON", "go\n"],
])("%s is refused with its line", async (_, text) => {
  await using folder = await tempFolder();
  const path = join(folder.path, "j");
  await writeFile(path, text);
  await expect(readJournal(path)).rejects.toMatchObject({
    code: "journal-unreadable",
    what: expect.stringContaining("line 1"),
  });
});

test("no such journal", async () => {
  await expect(readJournal("/nowhere/j")).rejects.toMatchObject({ code: "journal-unreadable" });
});

test("a journal that is there stays until the new one takes over", async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, "j");
  openJournal(path, same).write({ type: "sent", text: "first" });
  using again = openJournal(path, same);
  again.write({ type: "sent", text: "second" });
  expect(await readJournal(path)).toMatchObject([{ text: "first" }]);
  again.takeOver();
  again.write({ type: "sent", text: "third" });
  expect(await readJournal(path)).toMatchObject([{ text: "second" }, { text: "third" }]);
});

test("closed before it took over, as by a graceful stop, it has not touched the one that is there", async () => {
  await using folder = await tempFolder();
  const path = join(folder.path, "j");
  using first = openJournal(path, same);
  first.write({ type: "sent", text: "paid for" });
  {
    using again = openJournal(path, same);
    again.write({ type: "sent", text: "repeated" });
  }
  expect(await readJournal(path)).toMatchObject([{ text: "paid for" }]);
  expect(await readdir(folder.path)).toEqual(["j"]);
});
