import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBudget } from "../../src/agent/budget.ts";
import type { ToolDefinition } from "../../src/agent/hands.ts";
import { openJournal } from "../../src/agent/journal.ts";
import { openLiveModel } from "../../src/agent/live-model.ts";
import type { Model } from "../../src/agent/model.ts";
import { openSession } from "../../src/agent/session.ts";
import type { BudgetLimits } from "../../src/agent/types.ts";
import { type MessagesApi, type Script, startMessagesApi } from "../../src/demo/messages-api.ts";
import type { RunEvent } from "../../src/log/events.ts";
import type { Toolbox, ToolCall, ToolResult } from "../../src/sandbox/tool.ts";

export const tools: readonly ToolDefinition[] = [
  {
    name: "bash",
    description: "Runs a command.",
    input_schema: { type: "object", properties: { command: { type: "string" } }, required: ["command"] },
  },
  {
    name: "read",
    description: "Reads a file.",
    input_schema: {
      type: "object",
      properties: { file_path: { type: "string" }, limit: { type: "integer" } },
      required: ["file_path"],
      additionalProperties: false,
    },
  },
];

/** A toolbox in this process that notes its calls; by default each answers with what it was asked. */
export function fakeToolbox(
  answer: (call: ToolCall, index: number) => ToolResult | Promise<ToolResult> = echo,
) {
  const calls: ToolCall[] = [];
  const toolbox: Toolbox = {
    call: async (call) => answer(call, calls.push(call) - 1),
    stop: async () => {},
    [Symbol.asyncDispose]: async () => {},
  };
  return { toolbox, calls };
}

const echo = (call: ToolCall): ToolResult => ({
  content: `ran ${JSON.stringify(call.input)}`,
  isError: false,
});

export async function tempFolder() {
  const path = await mkdtemp(join(tmpdir(), "firstdraft-agent-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

interface Arrangement {
  readonly script?: Script;
  readonly api?: MessagesApi;
  readonly model?: (live: Model) => Model;
  readonly limits?: Partial<BudgetLimits>;
  readonly id?: string;
  readonly answer?: Parameters<typeof fakeToolbox>[0];
  readonly toolbox?: (real: Toolbox) => Toolbox;
  readonly context?: string;
  readonly tools?: readonly ToolDefinition[];
  readonly redact?: (text: string) => string;
  readonly maxRetries?: number;
  readonly apiKey?: string;
  readonly now?: () => number;
  readonly journalPath?: string;
}

/** A session against a real server, with a real client, a real journal and a fake toolbox. */
export async function arrange(options: Arrangement) {
  const folder = await tempFolder();
  const api = options.api ?? (await startMessagesApi(options.script ?? []));
  const id = options.id ?? "claude-sonnet-5-5";
  const live = openLiveModel({
    id,
    apiKey: options.apiKey ?? "test-key",
    baseUrl: api.url,
    maxRetries: options.maxRetries ?? 2,
  });
  const redact = options.redact ?? ((text: string) => text);
  const journalPath = options.journalPath ?? join(folder.path, "journal.jsonl");
  const journal = openJournal(journalPath, redact);
  const { toolbox, calls } = fakeToolbox(options.answer);
  const events: RunEvent[] = [];
  const limits = { turns: 100, usd: 5, ...options.limits };
  const session = openSession({
    model: options.model ? options.model(live) : live,
    system: "You write a first draft.",
    context: options.context ?? "The repository has one file, `a.ts`.",
    tools: options.tools ?? tools,
    toolbox: options.toolbox ? options.toolbox(toolbox) : toolbox,
    budget: openBudget({ model: id, limits, ...(options.now ? { now: options.now } : {}) }),
    journal,
    emit: (event) => void events.push(event),
    redact,
  });
  return {
    api,
    session,
    calls,
    events,
    journal,
    journalPath,
    live,
    async [Symbol.asyncDispose]() {
      journal[Symbol.dispose]();
      await api.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

export const bash = (command: string) => ({ name: "bash", input: { command } });
