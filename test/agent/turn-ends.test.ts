import { setTimeout as delay, setImmediate } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import type { Script, ScriptedReply } from "../../src/demo/messages-api.ts";
import { arrange, bash } from "./setup.ts";

async function endOf(script: Script, options: Partial<Parameters<typeof arrange>[0]> = {}) {
  const run = await arrange({ script, ...options });
  const end = await run.session.send("go");
  await run[Symbol.asyncDispose]();
  return { end, requests: run.api.requests, calls: run.calls, spent: run.session.spent };
}

const forever = (reply: ScriptedReply) => () => reply;
const lastTexts = (requests: Awaited<ReturnType<typeof endOf>>["requests"]) =>
  JSON.stringify(requests.at(-1)?.body.messages.at(-1));

test("a refusal is declined", async () => {
  const { end } = await endOf([{ text: "I will not.", stop_reason: "refusal" }]);
  expect(end).toEqual({ kind: "declined", text: "I will not." });
});

test("a paused turn goes on, in the same message", async () => {
  const { end, requests } = await endOf([
    { text: "one", stop_reason: "pause_turn" },
    { tools: [bash("ls")] },
    { text: "two" },
  ]);
  expect(end).toEqual({ kind: "done", text: "two" });
  expect(requests[1]?.body.messages.map(({ role }) => role)).toEqual(["user", "assistant"]);
  expect(requests[2]?.body.messages.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
});

test.each(["compaction", "something_new", null])(
  "the stop reason %s is never success",
  async (stop_reason) => {
    const { end } = await endOf([{ text: "?", stop_reason }]);
    expect(end).toEqual({ kind: "unknown-stop", stop: String(stop_reason) });
  },
);

test("a full context window cuts off", async () => {
  const { end } = await endOf([{ text: "…", stop_reason: "model_context_window_exceeded" }]);
  expect(end).toEqual({ kind: "cut-off" });
});

test("an empty reply is done, with nothing said", async () => {
  const { end } = await endOf([{ content: [] }]);
  expect(end).toEqual({ kind: "done", text: "" });
});

test("a reply that is cut off is followed up; its calls are answered, not run", async () => {
  const { end, calls, requests } = await endOf([
    { tools: [{ name: "bash", rawInput: '{"command":"rm -rf /t' }], stop_reason: "max_tokens" },
    { text: "smaller" },
  ]);
  expect(end).toEqual({ kind: "done", text: "smaller" });
  expect(calls).toEqual([]);
  expect(lastTexts(requests)).toMatch(/Not run.*smaller steps/);
});

test("a model that is cut off again and again is given up", async () => {
  const { end, requests } = await endOf(forever({ text: "and so on", stop_reason: "max_tokens" }));
  expect(end).toEqual({ kind: "cut-off" });
  expect(requests).toHaveLength(4);
});

test("thoughts alone are not sent back", async () => {
  const thought = { type: "thinking", thinking: "hm", signature: "s" };
  const { end, requests } = await endOf([{ content: [thought], stop_reason: "max_tokens" }, { text: "ok" }]);
  expect(end).toEqual({ kind: "done", text: "ok" });
  expect(requests[1]?.body.messages.map(({ role }) => role)).toEqual(["user"]);
});

test.each<[string, ScriptedReply, RegExp]>([
  ["an unknown tool", { tools: [{ name: "browse", input: {} }] }, /not found/],
  ["a missing field", { tools: [{ name: "bash", input: {} }] }, /does not fit/],
  ["a wrong type", { tools: [{ name: "read", input: { file_path: "a", limit: "ten" } }] }, /does not fit/],
  ["a field too many", { tools: [{ name: "read", input: { file_path: "a", mode: 1 } }] }, /does not fit/],
  ["unfinished JSON", { tools: [{ name: "bash", rawInput: '{"command":"rm -rf /t' }] }, /not JSON/],
  ["JSON that no parser mends", { tools: [{ name: "bash", rawInput: '{"command": nope]' }] }, /not JSON/],
  ["two megabytes", { tools: [bash("x".repeat(2 * 1024 * 1024))] }, /bytes/],
  ["a call that is only announced", { text: "I call", stop_reason: "tool_use" }, /contains none/],
])("%s goes back as an error three times, then ends", async (_, reply, told) => {
  const { end, requests, calls } = await endOf(
    (_request, i) =>
      ("tools" in reply
        ? { ...reply, tools: reply.tools?.map((call) => ({ ...call, id: `toolu_${i}` })) }
        : reply) as ScriptedReply,
    { limits: { usd: 100 } },
  );
  expect(end).toEqual({ kind: "malformed" });
  expect(requests).toHaveLength(4);
  expect(lastTexts(requests)).toMatch(told);
  expect(calls).toEqual([]);
});

test("a repeated id cannot be answered, so it is asked for again", async () => {
  const twice = [
    { ...bash("a"), id: "toolu_x" },
    { ...bash("b"), id: "toolu_x" },
  ];
  const { end, requests, calls } = await endOf([
    { tools: twice },
    { tools: [{ ...bash("c"), id: "toolu_x" }] },
    { tools: [bash("d")] },
    { text: "ok" },
  ]);
  expect(end).toEqual({ kind: "done", text: "ok" });
  expect(calls.map((call) => call.input)).toEqual([{ command: "d" }]);
  expect(JSON.stringify(requests[1]?.body.messages.at(-1))).toMatch(/same id/);
});

test("one good call makes the malformed ones forgiven", async () => {
  const bad: ScriptedReply = { tools: [{ name: "bash", input: {} }] };
  const good: ScriptedReply = { tools: [bash("ls")] };
  const { end } = await endOf([bad, bad, bad, good, bad, bad, bad, { text: "ok" }]);
  expect(end).toEqual({ kind: "done", text: "ok" });
});

test.each([
  ["the same call", ["ls"], 5],
  ["a cycle of two", ["ls", "pwd"], 8],
  ["a cycle of three", ["ls", "pwd", "id"], 12],
])("%s over and over is told once, then ends", async (_, commands, round) => {
  const { end, calls, requests } = await endOf((_request, i) => ({
    tools: [bash(commands[i % commands.length] ?? "")],
  }));
  expect(end).toEqual({ kind: "looping", text: expect.stringContaining("bash") });
  expect(calls).toHaveLength(2 * round);
  expect(JSON.stringify(requests[round]?.body.messages.at(-1))).toContain("several times over");
});

test("the same call with another result is no loop", async () => {
  const { end } = await endOf((_request, i) => (i < 12 ? { tools: [bash("make")] } : { text: "ok" }), {
    answer: (_call, i) => ({ content: `try ${i}`, isError: false }),
  });
  expect(end).toEqual({ kind: "done", text: "ok" });
});

test("an abort while a tool runs is cancelled, and the message after it still works", async () => {
  const abort = new AbortController();
  await using run = await arrange({
    script: [{ tools: [bash("sleep")] }, { text: "ok" }],
    answer: () => {
      abort.abort();
      return { content: "killed", isError: true };
    },
  });
  expect(await run.session.send("go", abort.signal)).toEqual({ kind: "cancelled" });
  expect(await run.session.send("again")).toEqual({ kind: "done", text: "ok" });
});

/** Resolves when what was written to a socket of this process has been read: by turns, which a busy machine cannot skip. */
async function begun(): Promise<void> {
  await delay(50);
  for (let turns = 0; turns < 50; turns++) await setImmediate();
}

test("an abort while the reply streams is cancelled and charged", async () => {
  const abort = new AbortController();
  await using run = await arrange({
    script: () => {
      void begun().then(() => abort.abort());
      return { hang: true };
    },
  });
  expect(await run.session.send("go", abort.signal)).toEqual({ kind: "cancelled" });
  expect(run.session.spent.usd).toBeGreaterThan(0.1);
});

test("an abort before the start makes no request", async () => {
  const { end, requests } = await (async () => {
    await using run = await arrange({ script: [] });
    return { end: await run.session.send("go", AbortSignal.abort()), requests: run.api.requests };
  })();
  expect(end).toEqual({ kind: "cancelled" });
  expect(requests).toHaveLength(0);
});
