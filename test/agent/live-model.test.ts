import { readFile } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { defaultModel, openLiveModel } from "../../src/agent/live-model.ts";
import { priceOf } from "../../src/agent/prices.ts";
import { startMessagesApi } from "../../src/demo/messages-api.ts";

async function listedModels(): Promise<string[]> {
  const url = new URL(
    "../../node_modules/@anthropic-ai/sdk/resources/messages/messages.d.ts",
    import.meta.url,
  );
  const [, union = ""] = /export type Model = ([^;]+);/.exec(await readFile(url, "utf8")) ?? [];
  return [...union.matchAll(/'([^']+)'/g)].map(([, id = ""]) => id);
}

test("the default is the newest Sonnet that the SDK lists, and has a price", async () => {
  const version = (id: string) =>
    id
      .replace(/^claude-sonnet-|-\d{8}$/g, "")
      .split("-")
      .map(Number);
  const newer = (a: string, b: string) => {
    const [[major = 0, minor = 0], [otherMajor = 0, otherMinor = 0]] = [version(a), version(b)];
    return otherMajor - major || otherMinor - minor;
  };
  const sonnets = (await listedModels()).filter((id) => id.startsWith("claude-sonnet-")).sort(newer);

  expect(sonnets.length).toBeGreaterThan(2);
  expect(defaultModel).toBe(sonnets[0]);
  expect(priceOf(defaultModel)).toEqual({
    inputPerMTok: 2,
    outputPerMTok: 10,
    cacheWritePerMTok: 2.5,
    cacheReadPerMTok: 0.1,
  });
});

test("a dated id has its alias's price, a stated price goes first, anything else has none", () => {
  expect(priceOf("claude-haiku-4-5-20251001")).toEqual(priceOf("claude-haiku-4-5"));
  expect(priceOf("claude-haiku-4-5", { inputPerMTok: 7, outputPerMTok: 8 })).toMatchObject({
    inputPerMTok: 7,
    cacheReadPerMTok: 7,
  });
  expect(priceOf("llama")).toBeNull();
  expect(priceOf("claude-haiku-5-5")).toBeNull();
});

test("ANTHROPIC_BASE_URL counts where no address is given, and the key is sent in a header only", async () => {
  const api = await startMessagesApi([{ text: "hello" }]);
  const before = process.env.ANTHROPIC_BASE_URL;
  process.env.ANTHROPIC_BASE_URL = api.url;
  try {
    const { client, id, kind } = openLiveModel({ id: defaultModel, apiKey: "the-key" });
    const messages = [{ role: "user" as const, content: "hi" }];
    const reply = await client.beta.messages.create({ model: id, max_tokens: 10, messages });
    expect({ kind, content: reply.content }).toEqual({
      kind: "live",
      content: [{ type: "text", text: "hello" }],
    });
    expect(api.requests[0]?.headers.authorization).toBe("Bearer the-key");
    expect(api.requests[0]?.raw).not.toContain("the-key");
  } finally {
    if (before === undefined) delete process.env.ANTHROPIC_BASE_URL;
    else process.env.ANTHROPIC_BASE_URL = before;
    await api.close();
  }
});

test("another server gets the key in either header, for it may know only one", async () => {
  const api = await startMessagesApi([{ text: "hello" }]);
  const { client } = openLiveModel({ id: "other", apiKey: "the-key", baseUrl: api.url });
  await client.beta.messages.create({
    model: "other",
    max_tokens: 10,
    messages: [{ role: "user", content: "hi" }],
  });
  expect(api.requests[0]?.headers).toMatchObject({ authorization: "Bearer the-key", "x-api-key": "the-key" });
  await api.close();
});
