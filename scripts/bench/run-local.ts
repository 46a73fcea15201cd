import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type ReceivedRequest, type ScriptedReply, startMessagesApi } from "../../src/demo/messages-api.ts";
import { watchPeak } from "./memory.ts";
import type { Sample } from "./sample.ts";

/** One run of `firstdraft local` as its user starts it, seen from the model's side. */
export interface LocalRun {
  /** When each request had arrived, in milliseconds since the process was started. */
  readonly arrivals: readonly number[];
  readonly requests: readonly ReceivedRequest[];
  /** Most memory that the process had at any time, its commands not counted. */
  readonly peakBytes: number;
}

export const fromSource = join(import.meta.dirname, "../../src/cli/main.ts");
export const fromBuild = join(import.meta.dirname, "../../dist/cli.js");

/** Runs the program at `entry` on the sample; the model answers at once with the replies, in their order. */
export async function runLocal(
  entry: string,
  { repository, issueFile }: Sample,
  replies: readonly ScriptedReply[],
  folder: string,
): Promise<LocalRun> {
  const arrivals: number[] = [];
  let start = 0;
  const model = await startMessagesApi((_, index) => {
    arrivals.push(performance.now() - start);
    const reply = replies[Math.min(index, replies.length - 1)];
    if (reply === undefined) throw new Error("no replies");
    return reply;
  });
  try {
    const out = await mkdtemp(join(folder, "out-"));
    const { PATH = "", HOME = "" } = process.env;
    const api = {
      ANTHROPIC_API_KEY: "bench",
      ANTHROPIC_BASE_URL: model.url,
      FIRSTDRAFT_SECOND_LOOK: "no",
      FIRSTDRAFT_ASK: "no",
    };
    const env = { PATH, HOME, TMPDIR: folder, ...api };
    const argv = [entry, "local", "--repo", repository, "--issue", issueFile, "--out", out, "--json"];
    start = performance.now();
    const child = spawn(process.execPath, argv, { env, stdio: ["ignore", "ignore", "pipe"] });
    const peak = watchPeak(child.pid);
    const [complaint] = await Promise.all([text(child.stderr), once(child, "exit")]);
    if (arrivals.length === 0) throw new Error(`the run made no request: ${complaint.trim()}`);
    return { arrivals, requests: model.requests, peakBytes: peak() };
  } finally {
    await model.close();
  }
}
