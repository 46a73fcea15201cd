import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { type AppProcess, startAppProcess } from "../helpers/app-process.ts";
import { dataFolder } from "../helpers/data-folder.ts";

/** A life of a process of ours, from its start to the kill. */
export interface Life {
  /** The key that it asks the model with, and so what its requests are known by. */
  readonly key: string;
  /** By `performance.now()`; null while it lives. */
  killed: number | null;
}

/** A machine on which one process of ours lives after the other, in the same folders. */
export interface Machine {
  readonly app: AppProcess;
  readonly dataDir: string;
  readonly temporary: string;
  start(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

export interface MachineOptions {
  /** Its own: all that it writes is below it. */
  readonly folder: string;
  readonly github: LocalGitHub;
  /** What its process gets besides. */
  readonly env: Readonly<Record<string, string>>;
  readonly role?: "web" | "worker" | undefined;
  /** Where its lives and what they print are noted. */
  readonly lives: Life[];
  readonly output: string[];
}

/** A machine whose process has been started. */
export async function openMachine(options: MachineOptions): Promise<Machine> {
  const { folder, github, env, role, lives, output } = options;
  const temporary = join(folder, "tmp");
  mkdirSync(temporary, { recursive: true });
  const dataDir = await dataFolder(folder);
  const args = role === undefined ? [] : ["--role", role];

  const live = async () => {
    const key = `sk-ant-api03-life-${lives.length}-${randomBytes(20).toString("hex")}`;
    const life: Life = { key, killed: null };
    lives.push(life);
    const own = { DATA_DIR: dataDir, TMPDIR: temporary, ANTHROPIC_API_KEY: key };
    return { life, app: await startAppProcess(github, { ...own, ...env }, output, args) };
  };
  let now = await live();
  return {
    dataDir,
    temporary,
    get app() {
      return now.app;
    },
    async start() {
      now = await live();
    },
    async kill() {
      const { app, life } = now;
      await app.kill();
      life.killed ??= performance.now();
    },
  };
}
