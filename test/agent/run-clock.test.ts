import { expect, test } from "@jest/globals";
import { readJournal } from "../../src/agent/journal.ts";
import { openRecordedModel } from "../../src/agent/recorded-model.ts";
import { openRunClock } from "../../src/agent/run-clock.ts";
import type { Script } from "../../src/demo/messages-api.ts";
import { arrange, bash } from "./setup.ts";

/** A run whose every command takes six minutes. */
async function slowRun(replies: Script) {
  let minutes = 0;
  const answer = () => {
    minutes += 6;
    return { content: "", isError: false };
  };
  await using run = await arrange({ script: replies, answer, now: () => minutes * 60_000 });
  await run.session.send("go");
  return readJournal(run.journalPath);
}

test("the time of a resumed run goes on from what its record had taken", async () => {
  const all = await slowRun([{ tools: [bash("a")] }, { tools: [bash("b")] }, { text: "unheard" }]);
  const entries = all.slice(0, all.findLastIndex(({ type }) => type === "request") + 1);
  const clock = openRunClock(entries);
  await using resumed = await arrange({
    script: [{ text: "Done." }],
    limits: { minutes: 15 },
    model: (live) => openRecordedModel(entries, { live, onRepeated: clock.goOn }),
    now: clock.now,
  });
  expect(await resumed.session.send("go")).toEqual({ kind: "done", text: "Done." });
  expect(resumed.session.spent.seconds).toBeGreaterThanOrEqual(12 * 60);
  expect(resumed.session.spent.seconds).toBeLessThan(13 * 60);
  // Killed again, the third process knows of both.
  const last = (await readJournal(resumed.journalPath)).findLast((entry) => entry.type === "request");
  expect(last?.seconds).toBeGreaterThanOrEqual(12 * 60);
});

test("a resumed run whose time is up repeats all that it paid for, and asks for no more", async () => {
  const all = await slowRun([{ tools: [bash("a")] }, { tools: [bash("b")] }, { text: "unheard" }]);
  const entries = [...all.slice(0, all.findLastIndex(({ type }) => type === "tool") + 1)];
  const [last] = entries.splice(-1);
  if (last === undefined) throw new Error("nothing is on record");
  entries.push({ ...last, at: new Date(Date.parse(last.at) + 6 * 60_000).toISOString() });
  const clock = openRunClock(entries);
  await using resumed = await arrange({
    limits: { minutes: 10 },
    model: (live) => openRecordedModel(entries, { live, onRepeated: clock.goOn }),
    now: clock.now,
  });
  expect(await resumed.session.send("go")).toEqual({ kind: "budget", limit: "minutes" });
  expect(resumed.calls).toMatchObject([bash("a"), bash("b")]);
  expect(resumed.api.requests).toEqual([]);
});
