import { expect, test } from "@jest/globals";
import { type Script, startMessagesApi } from "../../src/demo/messages-api.ts";

async function ask(
  body: object,
  {
    path = "/v1/messages",
    headers = { "x-api-key": "k" } as Record<string, string>,
    script = [{ text: "hello" }] as Script,
  } = {},
) {
  const api = await startMessagesApi(script);
  const request = { model: "m", max_tokens: 10, messages: [{ role: "user", content: "hi" }], ...body };
  try {
    const response = await fetch(`${api.url}${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(request),
    });
    return { status: response.status, text: await response.text(), api };
  } finally {
    await api.close();
  }
}

const user = (...content: object[]) => ({ role: "user", content });
const assistant = (...content: object[]) => ({ role: "assistant", content });
const call = { type: "tool_use", id: "t1", name: "bash", input: {} };
const result = { type: "tool_result", tool_use_id: "t1", content: "ok" };
const hi = { type: "text", text: "hi" };
const marked = { ...hi, cache_control: { type: "ephemeral" } };

test("streams a reply event by event, the input of a call in pieces", async () => {
  const { text } = await ask(
    { stream: true },
    {
      path: "/v1/messages?beta=true",
      script: [{ text: "I look", tools: [{ name: "bash", input: { command: "ls -l" } }] }],
    },
  );
  const events = text
    .split("\n\n")
    .filter(Boolean)
    .map((event) => JSON.parse(event.split("\ndata: ")[1] ?? ""));
  expect(events.map(({ type }) => type).filter((type, i, all) => type !== all[i - 1])).toEqual([
    "message_start",
    "ping",
    "content_block_start",
    "content_block_delta",
    "content_block_stop",
    "content_block_start",
    "content_block_delta",
    "content_block_stop",
    "message_delta",
    "message_stop",
  ]);
  const json = events.flatMap(({ delta }) =>
    delta?.type === "input_json_delta" ? [delta.partial_json] : [],
  );
  expect(json.length).toBeGreaterThan(1);
  expect(JSON.parse(json.join(""))).toEqual({ command: "ls -l" });
  expect(events.find(({ type }) => type === "message_delta")).toMatchObject({
    delta: { stop_reason: "tool_use" },
    usage: { output_tokens: expect.any(Number) },
  });
});

test("answers at once without a stream, and notes what it was sent", async () => {
  const { text, api } = await ask({});
  expect(JSON.parse(text)).toMatchObject({
    type: "message",
    role: "assistant",
    model: "m",
    stop_reason: "end_turn",
    content: [{ type: "text", text: "hello" }],
  });
  expect(api.requests[0]).toMatchObject({ path: "/v1/messages", body: { model: "m" } });
  expect(api.requests[0]?.bytes).toBe(Buffer.byteLength(api.requests[0]?.raw ?? ""));
});

test("counts tokens", async () => {
  const { status, text } = await ask({ max_tokens: undefined }, { path: "/v1/messages/count_tokens" });
  expect({ status, ...JSON.parse(text) }).toEqual({ status: 200, input_tokens: expect.any(Number) });
});

test.each<[string, object]>([
  ["roles that do not alternate", { messages: [user(hi), user(hi)] }],
  ["a reply first", { messages: [assistant(hi)] }],
  ["an unanswered call", { messages: [user(hi), assistant(call), user(hi)] }],
  ["a call at the end", { messages: [user(hi), assistant(call)] }],
  ["an answer to nothing", { messages: [user(hi), assistant(hi), user(result)] }],
  ["an id twice", { messages: [user(hi), assistant(call), user(result), assistant(call), user(result)] }],
  ["five breakpoints", { messages: [user(marked, marked, marked, marked, marked)] }],
  ["a blank text", { messages: [user({ type: "text", text: " " })] }],
  ["no content", { messages: [user(hi), assistant(), user(hi)] }],
  ["no messages", { messages: [] }],
  ["no model", { model: undefined }],
  ["no max_tokens", { max_tokens: undefined }],
])("refuses %s", async (_, body) => {
  const { status, text } = await ask(body);
  expect({ status, ...JSON.parse(text) }).toMatchObject({
    status: 400,
    error: { type: "invalid_request_error" },
  });
});

test("refuses a request without a key, and any other path", async () => {
  expect(await ask({}, { headers: {} })).toMatchObject({ status: 401 });
  expect(await ask({}, { headers: { authorization: "Bearer k" } })).toMatchObject({ status: 200 });
  expect(await ask({}, { path: "/v1/complete" })).toMatchObject({ status: 404 });
});

test("a script that has run out answers 500", async () => {
  expect(await ask({}, { script: [] })).toMatchObject({ status: 500 });
});

test("breaks off in the middle of an event", async () => {
  await expect(ask({ stream: true }, { script: [{ cut: "mid-event" }] })).rejects.toThrow("terminated");
});

test("counts as a cache read what equals the marked prefix of the request before", async () => {
  const api = await startMessagesApi(() => ({ text: "ok" }));
  const send = async (...messages: object[]) => {
    const body = JSON.stringify({ model: "m", max_tokens: 10, messages });
    const response = await fetch(`${api.url}/v1/messages`, {
      method: "POST",
      headers: { "x-api-key": "k" },
      body,
    });
    const { usage } = (await response.json()) as { usage: Record<string, number> };
    return usage;
  };
  const first = await send(user(marked));
  const second = await send(user(marked), assistant(hi), user(marked));
  await api.close();
  expect(first).toMatchObject({ input_tokens: 0, cache_read_input_tokens: 0 });
  expect(second.cache_read_input_tokens).toBe(first.cache_creation_input_tokens);
  expect(second.cache_creation_input_tokens).toBeGreaterThan(0);
});
