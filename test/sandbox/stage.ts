import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Command, Finished, Sandbox } from "../../src/sandbox/sandbox.ts";

/** A real sandbox and a folder of its own that goes away at the end. */
export interface Stage extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly folder: string;
  bash(script: string, options?: Partial<Command>): Promise<Finished>;
}

let opened: Promise<Sandbox> | null = null;

export async function openStage(): Promise<Stage> {
  opened ??= openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
  return stageOf(await opened);
}

export async function stageOf(sandbox: Sandbox): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "sandbox-test-"));
  await sandbox.adopt(folder);
  return {
    sandbox,
    folder,
    bash: (script, options) =>
      sandbox.run({ argv: ["bash", "-c", script], folder, timeoutMs: 60_000, ...options }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
