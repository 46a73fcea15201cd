import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { propagation, trace } from "@opentelemetry/api";
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import type { JournalEntry } from "../../src/agent/journal-entry.ts";
import { openLiveModel } from "../../src/agent/live-model.ts";
import type { Model } from "../../src/agent/model.ts";
import { openRecordedModel } from "../../src/agent/recorded-model.ts";
import { type MessagesApi, startMessagesApi } from "../../src/demo/messages-api.ts";

const exporter = new InMemorySpanExporter();
const switches = {
  ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE: "content",
  ANTHROPIC_OPEN_TELEMETRY_PROPAGATION: "true",
};
let api: MessagesApi;
beforeAll(async () => {
  Object.assign(process.env, switches);
  trace.setGlobalTracerProvider(
    new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
  );
  propagation.setGlobalPropagator({
    fields: () => ["traceparent"],
    extract: (context) => context,
    inject: (_context, carrier, { set }) => set(carrier, "traceparent", "told"),
  });
  api = await startMessagesApi([{ text: "says the pelican" }, { text: "says the pelican" }]);
});
afterAll(async () => {
  for (const name of Object.keys(switches)) delete process.env[name];
  await api.close();
});

async function ask({ client, id }: Model) {
  const messages = [{ role: "user" as const, content: "the walrus asks" }];
  return client.beta.messages.stream({ model: id, max_tokens: 10, messages }).finalMessage();
}

test("a call's span has its figures and no word of it, and its request no trace, whatever the environment says", async () => {
  await ask(openLiveModel({ id: "claude-sonnet-5-5", apiKey: "the-key", baseUrl: api.url }));
  const [span, ...others] = exporter.getFinishedSpans();
  expect(others).toEqual([]);
  expect(span?.name).toBe("anthropic.messages.create");
  expect(span?.attributes["gen_ai.usage.output_tokens"]).toBeGreaterThan(0);
  expect(JSON.stringify(span?.attributes)).not.toMatch(/walrus|pelican|the-key/);
  expect(api.requests[0]?.headers).not.toHaveProperty("traceparent");
});

test("a reply that is repeated from a record is no call; the first one after it is", async () => {
  exporter.reset();
  const live = openLiveModel({ id: "claude-sonnet-5-5", apiKey: "the-key", baseUrl: api.url });
  const message = await ask(live);
  exporter.reset();
  const { id, model, content, stop_reason, usage } = message;
  const reply = { type: "reply", message: { id, model, content, stop_reason, usage } } as unknown;
  const recorded = [reply as JournalEntry];

  const resumed = openRecordedModel(recorded, { live });
  expect((await ask(resumed)).content).toEqual(content);
  expect(exporter.getFinishedSpans()).toEqual([]);
  // The script has no more; that it was asked is what counts.
  await ask({ ...resumed, client: resumed.client.withOptions({ maxRetries: 0 }) }).catch(() => {});
  expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(["anthropic.messages.create"]);

  exporter.reset();
  const replayed = openRecordedModel(recorded);
  expect((await ask(replayed)).content).toEqual(content);
  await expect(ask(replayed)).rejects.toThrow();
  expect(exporter.getFinishedSpans()).toEqual([]);
});
