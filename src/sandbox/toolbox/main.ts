import { createInterface } from "node:readline";
import { betaAgentToolset20260401 } from "@anthropic-ai/sdk/tools/agent-toolset/node";

/*
 * The program that runs inside the sandbox: the SDK's tools, spoken to in JSON lines on standard input and output.
 * It is shown there as this one file, so it imports nothing of ours. In: `{ id, name, input }` runs a tool,
 * `{ cancel: id }` stops it. Out: `{ id, content, isError }`, in whatever order the calls end; the id 0 says "ready".
 */

interface Request {
  readonly id?: number;
  readonly name?: string;
  readonly input?: unknown;
  readonly cancel?: number;
}

const workdir = process.argv[2] ?? process.cwd();
const tools = new Map(betaAgentToolset20260401({ workdir }).map((tool) => [tool.name, tool]));
const running = new Map<number, AbortController>();

process.stdout.write(`${JSON.stringify({ id: 0, content: "ready" })}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as Request;
  if (request.cancel !== undefined) running.get(request.cancel)?.abort(new Error("cancelled"));
  else if (request.id !== undefined) void answer(request.id, request);
}
// background jobs of the shell would keep this process alive
process.exit(0);

async function answer(id: number, { name = "", input }: Request): Promise<void> {
  const stop = new AbortController();
  running.set(id, stop);
  const result = await run(name, input, stop.signal);
  running.delete(id);
  process.stdout.write(`${JSON.stringify({ id, ...result })}\n`);
}

async function run(
  name: string,
  input: unknown,
  signal: AbortSignal,
): Promise<{ content: string; isError: boolean }> {
  const tool = tools.get(name);
  if (tool === undefined) return { content: `there is no tool ${name}`, isError: true };
  try {
    // the tools look at nothing of the context but its signal
    const content = await tool.run(input as never, { signal } as never);
    return { content: typeof content === "string" ? content : JSON.stringify(content), isError: false };
  } catch (error) {
    return { content: error instanceof Error ? error.message : String(error), isError: true };
  }
}
