import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { noSandbox } from "../../src/sandbox/none.ts";
import type { ToolResult } from "../../src/sandbox/tool.ts";
import { toolDefinitions } from "../../src/sandbox/toolbox/definitions.ts";
import { openToolbox, type ToolboxOptions } from "../../src/sandbox/toolbox/open-toolbox.ts";
import { processesLeft, processSeen } from "./processes.ts";
import { openStage, type Stage, stageOf } from "./stage.ts";

interface Bench extends AsyncDisposable {
  readonly folder: string;
  use(name: string, input: unknown, signal?: AbortSignal): Promise<ToolResult>;
  stop(): Promise<void>;
}

async function openBench(options: Partial<ToolboxOptions> = {}, given?: Stage): Promise<Bench> {
  const stage = given ?? (await openStage());
  const toolbox = await openToolbox({ sandbox: stage.sandbox, folder: stage.folder, ...options });
  return {
    folder: stage.folder,
    use: (name, input, signal) => toolbox.call({ name, input }, signal),
    stop: () => toolbox.stop(),
    [Symbol.asyncDispose]: async () => {
      await toolbox[Symbol.asyncDispose]();
      await stage[Symbol.asyncDispose]();
    },
  };
}

const ok = (content: string): ToolResult => ({ content, isError: false });

test("each tool does its work in the folder", async () => {
  await using bench = await openBench();
  expect(await bench.use("write", { file_path: "src/a.txt", content: "one\ntwo\nthree\n" })).toEqual(
    ok("wrote 14 bytes to src/a.txt"),
  );
  expect(readFileSync(join(bench.folder, "src/a.txt"), "utf8")).toBe("one\ntwo\nthree\n");
  expect(await bench.use("read", { file_path: "src/a.txt", view_range: [2, 3] })).toEqual(ok("two\nthree"));
  const edit = { file_path: "src/a.txt", old_string: "two", new_string: "2" };
  expect(await bench.use("edit", edit)).toMatchObject({ isError: false });
  expect(await bench.use("glob", { pattern: "**/*.txt" })).toEqual(ok("/workspace/src/a.txt"));
  expect((await bench.use("grep", { pattern: "^2$" })).content).toContain("src/a.txt:2:2");
  expect(await bench.use("bash", { command: "cat src/a.txt; pwd" })).toEqual(ok("one\n2\nthree\n/workspace"));
});

test("the shell keeps its state, and a failing command is an error with its output", async () => {
  await using bench = await openBench();
  await bench.use("bash", { command: "mkdir -p deep && cd deep && export WORD=kept" });
  expect(await bench.use("bash", { command: "echo $WORD; pwd" })).toEqual(ok("kept\n/workspace/deep"));
  expect(await bench.use("bash", { command: "echo broken; false" })).toEqual({
    content: "broken",
    isError: true,
  });
});

test("calls at the same time do not get in each other's way", async () => {
  await using bench = await openBench();
  const results = await Promise.all([
    ...[1, 2, 3].map((each) => bench.use("bash", { command: `sleep 0.05; echo ${each}` })),
    bench.use("write", { file_path: "x", content: "" }),
  ]);
  expect(results.map(({ content }) => content)).toEqual(["1", "2", "3", "wrote 0 bytes to x"]);
});

test.each<[string, unknown, string]>([
  ["fly", {}, "There is no tool"],
  ["read", "a.txt", "must be one JSON object"],
  ["read", {}, "file_path missing"],
  ["read", { file_path: 5 }, "file_path must be of type string"],
  ["read", { file_path: "a", view_range: ["1"] }, "view_range must be of type array"],
  ["bash", { command: "true", shell: "zsh" }, 'no argument "shell"'],
  ["write", { file_path: "a", content: "x".repeat(2 ** 21) }, "Do it in parts"],
  ["read", { file_path: "nowhere" }, "no such file"],
  ["read", { file_path: "../../etc/passwd" }, "outside"],
  ["read", { file_path: "/proc/self/environ" }, "outside"],
  ["write", { file_path: "/tmp/out", content: "" }, "outside"],
  ["write", { file_path: "/workspace-evil/out", content: "" }, "outside"],
  ["read", { file_path: "a\0b" }, ""],
  ["read", { file_path: "x".repeat(5000) }, ""],
])("%s %j is an error for the model", async (name, input, words) => {
  await using bench = await openBench({}, await stageOf(noSandbox()));
  const { content, isError } = await bench.use(name, input);
  expect(isError).toBe(true);
  expect(content).toContain(words);
});

test("a link that leads outside is not followed, and what is no file is not opened", async () => {
  await using bench = await openBench();
  symlinkSync("/etc", join(bench.folder, "etc"));
  symlinkSync("/etc/passwd", join(bench.folder, "passwd"));
  mkdirSync(join(bench.folder, "folder"));
  await bench.use("bash", { command: "mkfifo pipe" });
  for (const file_path of ["etc/passwd", "passwd", "folder", "pipe"]) {
    expect(await bench.use("read", { file_path })).toMatchObject({ isError: true });
  }
  expect(await bench.use("write", { file_path: "etc/new", content: "" })).toMatchObject({ isError: true });
});

test("a long result is cut, and says how to see the rest", async () => {
  await using bench = await openBench({ outputLines: 10, outputBytes: 1000 });
  writeFileSync(
    join(bench.folder, "long"),
    Array.from({ length: 100 }, (_, index) => `line ${index + 1}`).join("\n"),
  );
  const read = await bench.use("read", { file_path: "long", view_range: [21, 100] });
  expect(read.content.split("\n")[9]).toBe("line 30");
  expect(read.content).toContain("Read on with view_range [31, ");
  const ran = await bench.use("bash", { command: "cat long" });
  expect(ran.content).toMatch(/^line 1\n[\s\S]*lines 6 to 95, \d+ bytes, left out[\s\S]*\nline 100$/);
  const endless = await bench.use("bash", { command: "head -c 5000000 /dev/zero | tr '\\0' x" });
  expect(Buffer.byteLength(endless.content)).toBeLessThan(1300);
});

test("a command that takes too long is ended, and the next one runs", async () => {
  await using bench = await openBench({ callTimeoutMs: 3000 });
  const slow = await bench.use("bash", { command: "sleep 1000", timeout_ms: 9_000_000 });
  expect(slow).toMatchObject({ isError: true });
  expect(slow.content).toContain("timed out");
  expect(await bench.use("bash", { command: "echo on" })).toEqual(ok("on"));
});

test("a call can be cancelled", async () => {
  await using bench = await openBench();
  const call = bench.use("bash", { command: "sleep 1000" }, AbortSignal.timeout(200));
  expect(await call).toMatchObject({ isError: true });
});

test("a toolbox that was killed is started anew, and the model is told what that means", async () => {
  await using bench = await openBench();
  const killed = await bench.use("bash", { command: "cd /tmp; kill -9 $PPID; sleep 5" });
  expect(killed).toMatchObject({ isError: true });
  expect(killed.content).toContain("The tools stopped during this call");
  const next = await bench.use("bash", { command: "pwd" });
  expect(next.isError).toBe(false);
  expect(next.content).toMatch(/variables and background jobs are lost.*\n\/workspace$/);
  expect(await bench.use("bash", { command: "echo calm" })).toEqual(ok("calm"));
});

test("what else inside writes to the toolbox's output is not taken for an answer", async () => {
  await using bench = await openBench();
  const noise = "for fd in /proc/$PPID/fd/1; do echo noise >$fd; echo '{\"id\":99}' >$fd; done; echo done";
  expect((await bench.use("bash", { command: noise })).content).toContain("done");
  expect(await bench.use("bash", { command: "echo still" })).toEqual(ok("still"));
});

test("the end of the toolbox is the end of all that runs in it", async () => {
  const word = randomUUID();
  {
    await using bench = await openBench();
    await bench.use("bash", { command: `(setsid bash -c "sleep 1000; : ${word}" >/dev/null 2>&1 &)` });
    await processSeen(word);
  }
  expect(await processesLeft(word)).toBe(0);
});

test("without isolation the same tools work on the folder itself", async () => {
  await using bench = await openBench({}, await stageOf(noSandbox()));
  await bench.use("write", { file_path: "a", content: "b" });
  expect(await bench.use("bash", { command: "cat a; pwd" })).toEqual(ok(`b${bench.folder}`));
});

test("the definitions are small and name the toolset's own arguments", async () => {
  expect(Buffer.byteLength(JSON.stringify(toolDefinitions))).toBeLessThan(3000);
  const { betaAgentToolset20260401 } = await import("@anthropic-ai/sdk/tools/agent-toolset/node");
  const own = betaAgentToolset20260401({ workdir: "/" }).map((tool) => {
    const { input_schema: schema } = tool as {
      input_schema: { properties?: object | null; required?: string[] | null };
    };
    return { name: tool.name, keys: Object.keys(schema.properties ?? {}), required: schema.required ?? [] };
  });
  expect(
    toolDefinitions.map(({ name, input_schema: { properties, required = [] } }) => ({
      name,
      keys: Object.keys(properties),
      required,
    })),
  ).toEqual(own);
});

test("a stopped toolbox leaves nothing running, and starts anew with the next call", async () => {
  await using bench = await openBench();
  await bench.use("bash", {
    command:
      "(while true; do date +%N > ticking; sleep 0.02; done) & until [ -s ticking ]; do sleep 0.02; done",
  });
  await bench.stop();
  const ticked = () => readFileSync(join(bench.folder, "ticking"), "utf8");
  // Its last moments may be after the stop; one that went on would never be still.
  for (let before: string | null = null; before !== ticked(); await delay(200)) before = ticked();
  expect((await bench.use("bash", { command: "echo again" })).content).toMatch(/started anew[\s\S]*again/);
});
