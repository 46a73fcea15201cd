import { spawn } from "node:child_process";
import { once } from "node:events";
import { statfs } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Command, Sandbox } from "./sandbox.ts";

/** What the folders that a command may write to may hold. */
export interface Quota {
  readonly bytes: number;
  /** Files, folders and links. */
  readonly entries: number;
}

const LOOK_MS = 1000;

/** Several times what large projects take with all that they install. */
export const defaultQuota: Quota = { bytes: 20 * 2 ** 30, entries: 2_000_000 };

/**
 * `sandbox`, but a command is stopped when its folders come to hold more than `quota`, or than half of what the disk had
 * free. That is looked at once a second, so by then it may be what a second can write more.
 */
export function withQuota(sandbox: Sandbox, quota: Quota): Sandbox {
  return {
    ...sandbox,
    run: async (command) => {
      const over = new AbortController();
      let said = "";
      const end = watch(command, quota, (words) => {
        said = words;
        over.abort();
      });
      const given = command.signal === undefined ? [] : [command.signal];
      const signal = AbortSignal.any([over.signal, ...given]);
      const finished = await sandbox.run({ ...command, signal }).finally(end);
      if (!finished.cancelled || command.signal?.aborted) return finished;
      return { ...finished, cancelled: false, output: `${finished.output.trimEnd()}\n[stopped: ${said}]\n` };
    },
    start: (command) => {
      const running = sandbox.start(command);
      const end = watch(command, quota, () => void running.kill());
      void running.exited.then(end);
      return running;
    },
  };
}

/** Calls `stop` once when there is too much, with what is too much. Returns how to end the watch. */
function watch(
  { folder, mounts = [] }: Command,
  { bytes, entries }: Quota,
  stop: (words: string) => void,
): () => void {
  const folders = [folder, ...mounts.flatMap(({ host, writable }) => (writable ? [host] : []))];
  const ended = new AbortController();
  const { signal } = ended;
  let quota: Quota | null = null;
  let most: Room = { bytes: 0, entries: 0 };
  let looking = false;
  const look = async (): Promise<void> => {
    if (looking || signal.aborted) return;
    looking = true;
    const now = await roomAt(folder);
    quota ??= { bytes: Math.min(bytes, now.bytes / 2), entries };
    most = { bytes: Math.max(most.bytes, now.bytes), entries: Math.max(most.entries, now.entries) };
    // counting takes time: it is done only where the disk itself has become fuller by a part of the quota
    const fuller = most.bytes - now.bytes > quota.bytes / 4 || most.entries - now.entries > quota.entries / 4;
    if (fuller && (await exceeds(folders, quota, signal)) && !signal.aborted) stop(describe(quota));
    looking = false;
  };
  const glance = (): void =>
    void look().catch(() => signal.aborted || stop("the command's folders cannot be measured"));
  glance();
  const timer = setInterval(glance, LOOK_MS);
  timer.unref();
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
  return () => ended.abort();
}

const describe = ({ bytes, entries }: Quota): string =>
  `more than ${Math.round(bytes / 2 ** 20)} MiB or ${entries} files in the command's folders`;

type Room = Quota;

/** What is free on the disk of `folder`. */
async function roomAt(folder: string): Promise<Room> {
  const { bfree, bsize, ffree } = await statfs(folder);
  return { bytes: bfree * bsize, entries: ffree };
}

/** Counts until it is too much. A file with several names counts once; links are not followed. */
async function exceeds(folders: readonly string[], quota: Quota, signal: AbortSignal): Promise<boolean> {
  const find = spawn("find", ["-P", ...folders, "-xdev", "-printf", "%b %n\\n"], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { PATH: process.env.PATH ?? "", LC_ALL: "C" },
  });
  await once(find, "spawn");
  const end = (): void => void find.kill("SIGKILL");
  signal.addEventListener("abort", end, { once: true });
  let bytes = 0;
  let entries = 0;
  let exceeded = false;
  for await (const line of createInterface({ input: find.stdout })) {
    const [blocks = 0, names = 1] = line.split(" ").map(Number);
    bytes += (blocks * 512) / Math.max(1, names);
    entries++;
    exceeded = bytes > quota.bytes || entries > quota.entries;
    if (exceeded || signal.aborted) break;
  }
  end();
  signal.removeEventListener("abort", end);
  if (find.exitCode === null && find.signalCode === null) await once(find, "close");
  return exceeded;
}
