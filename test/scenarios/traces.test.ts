import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { systemPrompt } from "../../src/context/system-prompt.ts";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { type MessagesApi, startMessagesApi } from "../../src/demo/messages-api.ts";
import { type AppProcess, startAppProcess } from "../helpers/app-process.ts";
import { tracesOf } from "../helpers/canary.ts";
import { type Collector, type SentSpan, startCollector } from "../helpers/collector.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { proved, sums } from "../helpers/sums.ts";
import { openRepository, type TestRepository } from "../helpers/test-repository.ts";
import { patience, until } from "../helpers/until.ts";

jest.setTimeout(patience);
const apiKey = `sk-ant-api03-${randomBytes(40).toString("base64url")}`;
const webhookSecret = randomBytes(24).toString("base64url");
const collectorKey = randomBytes(24).toString("base64url");
let github: LocalGitHub;
let model: MessagesApi;
let collector: Collector;
let dataDir = "";
let app: AppProcess;
const log: string[] = [];
let stopped: number | string | null = null;

beforeAll(async () => {
  dataDir = await dataFolder();
  collector = await startCollector();
  github = await startGitHub({
    repositories: [{ owner: "acme", name: "sums", files: sums }],
    users: [{ login: "ada", role: "write" }],
    app: { webhookSecret },
  });
  model = await startMessagesApi(async ({ messages }) => {
    const turn = messages.filter(({ role }) => role === "assistant").length;
    if (turn === 1 && stopped === null) {
      stopped = "under way";
      stopped = await app.stop();
    }
    return proved[turn] ?? { text: "" };
  });
  await start();
});
afterAll(async () => {
  await app?.kill();
  await Promise.all([github?.close(), model?.close(), collector?.close()]);
  await rm(dataDir, { recursive: true, force: true });
});

/** Says on its standard error which of OpenTelemetry's packages is loaded. */
const loaded = `import { registerHooks } from "node:module";
registerHooks({ load: (url, context, next) => {
  const [name] = /@opentelemetry\\/[^/]+/.exec(url) ?? [];
  if (name) process.stderr.write("loaded " + name + "\\n");
  return next(url, context);
} });`;

async function start(env: Readonly<Record<string, string>> = {}): Promise<void> {
  app = await startAppProcess(
    github,
    {
      ...{ DATA_DIR: dataDir, ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: model.url },
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(loaded)}`,
      ...{ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SERVICE_NAME: "drafts" },
      OTEL_EXPORTER_OTLP_HEADERS: `x-collector-key=${collectorKey}`,
      // What the model's SDK would take as a leave to send prompts and replies, and to tell the model of traces.
      ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE: "content",
      ANTHROPIC_OPEN_TELEMETRY_PROPAGATION: "true",
      ...env,
    },
    log,
  );
}

/** Waits until a run has its draft, and has said that it ended. */
async function drafted(repository: TestRepository, issue: number): Promise<void> {
  expect(await repository.settled(issue)).toContain("**Verified**");
  await until("it has ended", () => log.some((line) => line.includes(`acme/sums#${issue}: drafted`)));
}

test("a collector gets each run, its stages and the model's calls, once, and nothing of what they are about", async () => {
  const repository = openRepository(github, "sums", () => 0);
  const issue = await repository.openIssue({
    title: "The walrus cannot add",
    body: "`add(1, 2)` is -1, says the pelican.",
  });
  await repository.label(issue);
  await until("the first process has ended", () => typeof stopped === "number");
  // What had been done until then has arrived, in the ten seconds that there are.
  expect(stopped).toBe(0);
  const first = collector.spans();
  expect(first.find(({ name }) => name === "firstdraft.run")?.attributes["firstdraft.ending"]).toBe(
    "interrupted",
  );
  await until("it can be started again", () =>
    start().then(
      () => true,
      () => false,
    ),
  );
  await drafted(repository, issue);
  expect(await app.stop()).toBe(0);

  const spans = collector.spans();
  const [again] = spans.filter(({ name }) => name === "firstdraft.run").slice(1);
  const [pull] = await repository.pulls();
  const { commit } = await repository.get(`/commits/${pull.head.sha}`);
  const [, run] = /^Firstdraft-Run: (.+)$/m.exec(commit.message) ?? [];
  expect(again?.attributes).toEqual({
    "firstdraft.run.id": run,
    "firstdraft.request": "issue",
    "firstdraft.ending": "verified",
  });
  expect(again?.resource["service.name"]).toBe("drafts");
  const stages = spans.filter(({ parentSpanId }) => parentSpanId === again?.spanId);
  expect(stages.map(({ name }) => name)).toEqual(
    ["fetching", "reading", "writing", "verifying", "publishing"].map((step) => `firstdraft.${step}`),
  );

  // Each reply by the process that was given it: what the second one repeated from the record is no call.
  const calls = spans.filter(
    ({ name, attributes }) =>
      name === "anthropic.messages.create" && attributes["gen_ai.usage.output_tokens"] !== undefined,
  );
  expect(calls.map(({ attributes }) => attributes["gen_ai.response.id"])).toEqual(
    // The one between them was lost with the first process.
    ["msg_0000", "msg_0002"],
  );
  expect(calls.map((call) => pathOf(call, spans))).toEqual(
    calls.map(() => [
      "anthropic.messages.create",
      "anthropic.messages.tool_runner",
      "firstdraft.writing",
      "firstdraft.run",
    ]),
  );
  expect(calls[0]?.attributes["gen_ai.usage.input_tokens"]).toBeGreaterThan(100);
  const tools = spans.filter(({ name }) => name.startsWith("anthropic.custom_tool_use"));
  expect(tools.map(({ name }) => name)).toEqual([
    "anthropic.custom_tool_use write",
    "anthropic.custom_tool_use edit",
  ]);

  // The key in its header, and nowhere else.
  expect(collector.received.every((one) => one.includes(`"x-collector-key":"${collectorKey}"`))).toBe(true);
  const sent = collector.received.map((one) => one.replaceAll(`"x-collector-key":"${collectorKey}"`, ""));
  const asked = model.requests.map(({ raw }) => raw);
  const secrets = { apiKey, webhookSecret, collectorKey, privateKey: github.privateKey };
  expect(await tracesOf(secrets, { github, dataDir, log: [...log, ...sent], asked })).toEqual([]);
  const all = sent.join("\n");
  expect(all).not.toMatch(/gh[a-z]_[A-Za-z0-9]|eyJ[A-Za-z0-9_-]+\.eyJ/);
  expect(asked.join()).toMatch(/walrus.*pelican/);
  expect(all).not.toMatch(/acme|sums|\bada\b|walrus|pelican|assert|subtracted|https?:\/\//);
  for (const line of systemPrompt()
    .split("\n")
    .filter((line) => line.length > 40))
    expect(all).not.toContain(line);
  // The queue's own would tell errors in their own words.
  expect(spans.filter(({ name }) => !/^(firstdraft|anthropic)\./.test(name))).toEqual([]);
  expect(spans.filter((span) => "events" in span && (span.events as unknown[]).length > 0)).toEqual([]);
  expect(spans.filter(({ status }) => status.message !== undefined)).toEqual([]);
  // Nor is the model told of traces.
  expect(model.requests.filter(({ headers }) => "traceparent" in headers || "baggage" in headers)).toEqual(
    [],
  );
});

test("a collector that does not answer keeps neither a run nor the end of the process", async () => {
  const silent = await startCollector(null);
  log.length = 0;
  await start({ OTEL_EXPORTER_OTLP_ENDPOINT: silent.url });
  const repository = openRepository(github, "sums", () => 0);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await drafted(repository, issue);
  expect(await app.stop()).toBe(0);
  expect(silent.received.length).toBeGreaterThan(0);
  await silent.close();
  expect(log.join("").match(/spans cannot be sent/g)).toHaveLength(1);
});

test("without a collector nothing is loaded that could send spans, and nothing is sent", async () => {
  const sending = "loaded @opentelemetry/exporter-trace-otlp-http";
  expect(log.join("")).toContain(sending);
  log.length = 0;
  const before = collector.received.length;
  await start({ OTEL_EXPORTER_OTLP_ENDPOINT: "" });
  const repository = openRepository(github, "sums", () => 0);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await drafted(repository, issue);
  expect(await app.stop()).toBe(0);
  const names = new Set(log.join("").match(/(?<=loaded )@opentelemetry\/\S+/g));
  // What the model's SDK and the queue ask whether anybody wants spans.
  expect([...names]).toEqual(["@opentelemetry/api"]);
  expect(collector.received).toHaveLength(before);
});

/** The names from a span up to the one that has none above it. */
function pathOf(span: SentSpan, spans: readonly SentSpan[]): string[] {
  const above = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [span.name, ...(above === undefined ? [] : pathOf(above, spans))];
}
