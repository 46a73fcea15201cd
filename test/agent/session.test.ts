import { expect, test } from "@jest/globals";
import type { MessagesRequest } from "../../src/demo/messages-api.ts";
import { arrange, bash } from "./setup.ts";

const textsOf = (message: MessagesRequest["messages"][number] | undefined) =>
  Array.isArray(message?.content)
    ? message.content.flatMap((block) => block.text ?? block.content ?? [])
    : [];

test("works with its tools until the model is done, and goes on in the same history", async () => {
  await using run = await arrange({
    script: [
      { text: "I look.", tools: [{ name: "read", input: { file_path: "a.ts" } }, bash("ls")] },
      { text: "Done." },
      { tools: [bash("fix")] },
      { text: "Fixed." },
    ],
  });

  const first = await run.session.send("Add a flag.");
  const second = await run.session.send("A test fails.");

  expect(first).toEqual({ kind: "done", text: "Done." });
  expect(second).toEqual({ kind: "done", text: "Fixed." });
  expect(run.calls.map((call) => call.name)).toEqual(["read", "bash", "bash"]);
  expect(run.api.requests.map(({ path }) => path)).toEqual(Array(4).fill("/v1/messages"));
  const last = run.api.requests.at(-1)?.body.messages;
  expect(last?.map(({ role }) => role)).toEqual([
    "user",
    "assistant",
    "user",
    "assistant",
    "user",
    "assistant",
    "user",
  ]);
  expect(last?.map(textsOf)).toEqual([
    ["The repository has one file, `a.ts`.", "Add a flag."],
    ["I look."],
    ['ran {"file_path":"a.ts"}', 'ran {"command":"ls"}'],
    ["Done."],
    ["A test fails."],
    [],
    ['ran {"command":"fix"}'],
  ]);
  expect(run.session.spent).toMatchObject({ turns: 4, usd: expect.any(Number) });
  expect(run.events.map((event) => event.type)).toEqual([
    ...["charged", "model-turn", "tool", "tool"],
    ...["charged", "model-turn"],
    ...["charged", "model-turn", "tool"],
    ...["charged", "model-turn"],
  ]);
  const charged = run.events.flatMap((event) => (event.type === "charged" ? [event] : []));
  const sum = (of: (one: (typeof charged)[0]) => number | null) =>
    charged.reduce((all, one) => all + (of(one) ?? 0), 0);
  expect(sum(({ usd }) => usd)).toBeCloseTo(run.session.spent.usd ?? 0, 9);
  expect(sum(({ tokens }) => tokens.output)).toBe(run.session.spent.outputTokens);
});

test("calls of one reply run one after the other, in the model's order", async () => {
  const running: string[] = [];
  await using run = await arrange({
    script: [{ tools: [bash("slow"), bash("fast")] }, { text: "ok" }],
    answer: async (call) => {
      const { command } = call.input as { command: string };
      running.push(`${command} starts`);
      await new Promise((resolve) => setTimeout(resolve, command === "slow" ? 30 : 0));
      running.push(`${command} ends`);
      return { content: "", isError: false };
    },
  });

  await run.session.send("go");

  expect(running).toEqual(["slow starts", "slow ends", "fast starts", "fast ends"]);
});

test("an error of a tool goes to the model as one, redacted", async () => {
  await using run = await arrange({
    script: [{ tools: [bash("env")] }, { text: "ok" }],
    answer: () => ({ content: "no secret-123 here", isError: true }),
    redact: (text) => text.replaceAll("secret-123", "[redacted]"),
  });

  await run.session.send("go with secret-123");

  expect(run.api.requests[1]?.body.messages[2]?.content).toEqual([
    expect.objectContaining({ type: "tool_result", content: "no [redacted] here", is_error: true }),
  ]);
  expect(run.api.requests[1]?.raw).not.toContain("secret-123");
});

test("a broken toolbox ends the run instead of being told to the model", async () => {
  await using run = await arrange({
    script: [{ tools: [bash("ls")] }],
    answer: () => {
      throw new Error("the sandbox is gone");
    },
  });

  await expect(run.session.send("go")).rejects.toThrow("the sandbox is gone");
  expect(run.api.requests).toHaveLength(1);
});

test("a model without a known price says so and has a limit of tokens", async () => {
  await using run = await arrange({ id: "some-model", script: [{ text: "ok" }] });

  await run.session.send("go");

  expect(run.events[0]).toEqual({
    type: "notice",
    text: expect.stringContaining("price of some-model is not known"),
  });
  expect(run.session.spent.usd).toBeNull();
});
