import { randomBytes } from "node:crypto";
import { afterEach, expect, test } from "@jest/globals";
import { trace } from "@opentelemetry/api";
import { openTracing } from "../../src/app/tracing/open-tracing.ts";
import { createRedact } from "../../src/log/redact.ts";
import type { Outcome } from "../../src/report/outcome.ts";
import { type Collector, startCollector } from "../helpers/collector.ts";
import { job } from "../job/triggers.ts";

const key = `sk-ant-api03-${randomBytes(40).toString("base64url")}`;
const redact = createRedact([key]);
const done: Outcome = {
  kind: "stopped",
  code: "attempts-used-up",
  what: "No walrus.",
  fix: "None.",
  spent: null,
};
const before = { ...process.env };
let collector: Collector | null = null;
afterEach(async () => {
  for (const name of Object.keys(process.env)) if (name.startsWith("OTEL_")) delete process.env[name];
  Object.assign(process.env, before);
  await collector?.close();
  collector = null;
});

async function open(status?: number | null) {
  collector = await startCollector(status);
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
  const log: string[] = [];
  return { collector, log, ...(await openTracing(redact, (line) => void log.push(line))) };
}

test.each([
  ["OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"],
  ["OTEL_EXPORTER_OTLP_ENDPOINT", "grpc://user:pass@collector:4317"],
  ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "/v1/traces"],
  ["OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"],
])("%s=%s is refused in a sentence that does not repeat it", async (name, value) => {
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = "http://127.0.0.1:9";
  process.env[name] = value;
  const refused = await openTracing(redact, () => {}).catch((error) => error);
  expect(refused).toMatchObject({ code: "app-variable-invalid" });
  expect(refused.what).toMatch(new RegExp(`^The environment variable ${name} cannot be used: [^.]*\\.$`));
  expect(refused.what).not.toContain(value);
});

test("without a collector, or switched off, a run goes as it does and nothing is sent", async () => {
  const off = await open();
  process.env.OTEL_SDK_DISABLED = "true";
  const disabled = await openTracing(redact, () => {});
  delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  delete process.env.OTEL_SDK_DISABLED;
  const unset = await openTracing(redact, () => {});
  for (const { traced, close } of [disabled, unset]) {
    expect(
      await traced(
        job(),
        () => {},
        async () => done,
      ),
    ).toBe(done);
    expect(await close()).toBe(true);
  }
  await off.close();
  expect(off.collector.received).toEqual([]);
});

test("what any part of the program puts into a span leaves only as far as it is on the list and a word", async () => {
  const { traced, close, collector } = await open();
  const emitted: string[] = [];
  const outcome = await traced(
    job(),
    ({ type }) => void emitted.push(type),
    async (emit) => {
      emit({ type: "step", step: "verifying", detail: "the walrus's tests" });
      emit({ type: "step", step: "verifying", detail: "without each of 3 hunks" });
      const attributes = {
        ...{ "gen_ai.input.messages": "walrus", "url.full": "http://walrus", "exception.message": "walrus" },
        ...{
          "gen_ai.response.model": key,
          "gen_ai.request.model": "says the walrus",
          "error.type": "walrus",
        },
        "gen_ai.usage.output_tokens": 7,
      };
      const span = trace.getTracer("any").startSpan("by the walrus", { attributes });
      span.recordException(new Error("walrus"));
      span.setStatus({ code: 2, message: "walrus" });
      span.addLink({ context: span.spanContext(), attributes: { walrus: "walrus" } });
      span.end();
      return done;
    },
  );
  expect(outcome).toBe(done);
  expect(emitted).toEqual(["step", "step"]);
  expect(await close()).toBe(true);
  const [span, stage, run] = collector.spans();
  expect(span).toMatchObject({ name: "span", status: { code: 2 }, parentSpanId: stage?.spanId });
  expect(span?.attributes).toEqual({ "error.type": "walrus", "gen_ai.usage.output_tokens": 7 });
  expect(stage).toMatchObject({ name: "firstdraft.verifying", parentSpanId: run?.spanId, attributes: {} });
  expect(run?.attributes).toMatchObject({
    "firstdraft.ending": "stopped",
    "firstdraft.problem": "attempts-used-up",
  });
  expect(collector.spans()).toHaveLength(3);
  expect(collector.received.join().match(/walrus/g)).toHaveLength(1);
  expect(collector.received.join()).not.toContain(key);
});

test("runs at the same time have their own spans", async () => {
  const { traced, close, collector } = await open();
  const together = [1, 2, 3].map((number) =>
    traced(
      job(number),
      () => {},
      async (emit) => {
        emit({ type: "step", step: "fetching" });
        await new Promise(setImmediate);
        emit({ type: "step", step: "writing" });
        await new Promise(setImmediate);
        trace.getTracer("any").startSpan("call").end();
        return done;
      },
    ),
  );
  await Promise.all(together);
  expect(await close()).toBe(true);
  const spans = collector.spans();
  const runs = spans.filter(({ parentSpanId }) => parentSpanId === undefined);
  expect(new Set(runs.map(({ attributes }) => attributes["firstdraft.run.id"])).size).toBe(3);
  for (const { traceId } of runs) {
    const own = spans.filter((span) => span.traceId === traceId);
    expect(own.map(({ name }) => name).sort()).toEqual([
      "call",
      "firstdraft.fetching",
      "firstdraft.run",
      "firstdraft.writing",
    ]);
    const call = own.find(({ name }) => name === "call");
    expect(own.find(({ spanId }) => spanId === call?.parentSpanId)?.name).toBe("firstdraft.writing");
  }
});

test("a run that throws has a span that says so, and none of the error", async () => {
  const { traced, close, collector } = await open();
  const failing = traced(
    job(),
    () => {},
    () => Promise.reject(new Error("walrus")),
  );
  await expect(failing).rejects.toThrow("walrus");
  await close();
  const [run] = collector.spans();
  expect(run?.attributes["firstdraft.ending"]).toBe("interrupted");
  expect(collector.received.join()).not.toContain("walrus");
});

test("a collector that refuses is complained of once, by its status", async () => {
  const { traced, close, collector, log } = await open(401);
  // More than one batch.
  for (let number = 0; number < 600; number++)
    await traced(
      job(number),
      () => {},
      async () => done,
    );
  await close();
  expect(collector.received.length).toBeGreaterThan(1);
  expect(log).toEqual(["spans cannot be sent (the collector answers 401); runs go on without"]);
});

test("a collector that does not answer keeps neither a run nor the end of the process", async () => {
  // Longer than the end of the process waits.
  process.env.OTEL_EXPORTER_OTLP_TIMEOUT = "2500";
  const { traced, close, collector, log } = await open(null);
  expect(
    await traced(
      job(),
      () => {},
      async () => done,
    ),
  ).toBe(done);
  expect(await close()).toBe(false);
  expect(collector.received).toHaveLength(1);
  expect(log).toEqual(["spans cannot be sent (no answer in time); runs go on without"]);
});

test("a collector that is away is said to be", async () => {
  process.env.OTEL_EXPORTER_OTLP_TIMEOUT = "500";
  const { traced, close, collector, log } = await open();
  await collector.close();
  expect(
    await traced(
      job(),
      () => {},
      async () => done,
    ),
  ).toBe(done);
  expect(await close()).toBe(false);
  expect(log).toEqual(["spans cannot be sent (ECONNREFUSED); runs go on without"]);
});
