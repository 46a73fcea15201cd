import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { simpleGit } from "simple-git";
import { Problem } from "../log/problem.ts";
import { gitEnvironment } from "./environment.ts";
import { isFull } from "./require-space.ts";

export interface GitCall {
  readonly gitDir: string;
  /** Where the process starts; default the git directory, so that nothing is ever found by walking up. */
  readonly cwd?: string;
  /** Added to the clean environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Buffer;
  readonly signal?: AbortSignal | undefined;
  /** Stands in for a Problem's sentence; what must not be seen is already gone from `text`. */
  readonly explain?: (text: string) => Problem | undefined;
  /** Values that no error may show. */
  readonly secrets?: readonly string[];
  /** Bytes of output; default 512 MiB. A workspace may hold any number of names. */
  readonly maxBytes?: number;
}

const defaultMaxBytes = 512 * 2 ** 20;

/**
 * Runs git and returns its standard output as bytes. Throws a Problem when git fails, and the signal's reason when it
 * was aborted.
 */
export async function git(args: readonly string[], call: GitCall): Promise<Buffer> {
  call.signal?.throwIfAborted();
  const env: Record<string, string> = { ...gitEnvironment(call.gitDir), ...call.env };
  const chunks: Buffer[] = [];
  const complaints: Buffer[] = [];
  const { maxBytes = defaultMaxBytes } = call;
  let bytes = 0;
  const flood = new AbortController();
  const stop = AbortSignal.any([flood.signal, ...(call.signal ? [call.signal] : [])]);
  let leave = () => {};
  let ended: Promise<unknown> = Promise.resolve();
  const client = simpleGit({
    baseDir: call.cwd ?? call.gitDir,
    allowEnvironment: Object.keys(env).filter((name) => name.startsWith("GIT_")),
    unsafe: { allowUnsafeAskPass: true, allowUnsafeConfigPaths: true, allowUnsafeConfigEnvCount: true },
    // Told to wait for one of both alone, simple-git keeps each call for good: a race against a promise that never ends.
    completion: { onClose: true, onExit: true },
    errors: (error, result) => error ?? (result.exitCode === 0 ? undefined : new Error("git failed")),
    ...(call.input === undefined ? {} : { input: () => call.input }),
    abort: stop,
  })
    .env(env)
    .outputHandler((_command, stdout, stderr) => {
      stdout.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= maxBytes) chunks.push(chunk);
        else flood.abort();
      });
      stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
      // An exit is not yet the end of the output.
      ended = Promise.allSettled([stdout, stderr].map((out) => finished(out)));
      // simple-git holds back a command that printed nothing for 50 ms
      stdout.once("end", () => stderr.emit("data", Buffer.alloc(0)));
      // git's transport outlives a killed git until it stalls: do not wait for its end of the pipes
      const end = () => [stdout, stderr].map((out) => (out as Readable).destroy());
      stop.addEventListener("abort", end, { once: true });
      // A signal that is made of others is kept, with all that its listeners see, for as long as it has any.
      leave = () => stop.removeEventListener("abort", end);
    });
  try {
    await client.raw([...args]);
    await ended;
  } catch (error) {
    await ended;
    call.signal?.throwIfAborted();
    if (flood.signal.aborted) throw explained(`git ${args[0]} printed more than ${maxBytes} bytes`, call);
    throw explained(`${messageOf(error)}\n${Buffer.concat(complaints)}`, call);
  } finally {
    leave();
  }
  return Buffer.concat(chunks);
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function explained(said: string, call: GitCall): Error {
  let text = said;
  for (const secret of call.secrets ?? []) text = text.replaceAll(secret, "***");
  if (/ENOENT/.test(text) && /spawn git/.test(text)) return new Problem("git-missing");
  if (/No space left on device|Disk quota exceeded|ENOSPC/i.test(text)) return new Problem("disk-full");
  // Of a file that it cannot write it does not say why, and takes away what it had written of it.
  const places = [call.gitDir, ...(call.cwd === undefined ? [] : [call.cwd])];
  const isLow = places.some((place) => isFull(place, 256 * 2 ** 20));
  if (/unable to write (?:file|[\w-]* ?object)|write error/i.test(text) && isLow)
    return new Problem("disk-full");
  return call.explain?.(text) ?? new Problem("git-failed", { message: firstComplaint(text) });
}

/** The line of git's output that says what is wrong. */
function firstComplaint(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  const line =
    lines.find((line) => /^(fatal|error):/.test(line)) ?? lines.find((line) => line !== "") ?? "git failed";
  return line.slice(0, 300);
}
