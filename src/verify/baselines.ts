import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { VerifyOptions } from "./options.ts";
import type { Side } from "./side.ts";
import type { SuiteRun } from "./types.ts";
import { isUninstalled } from "./uninstalled.ts";

/** Suites of bases that were run before: the next change to the same base does not pay for them again. */
export interface Baselines {
  /** The first run and, where something failed in it, the second; null: none is kept. */
  read(key: string): Promise<readonly SuiteRun[] | null>;
  write(key: string, runs: readonly SuiteRun[]): Promise<void>;
}

/** After so many days the machine and its toolchains are others. */
const maxDays = 7;
const maxBytes = 8 * 1024 * 1024;
/** Of the form below; another one is not read. */
const form = 1;

/** Keeps them in `folder` of the controller's, one file a base, beyond this process. What cannot be read is not there. */
export function openBaselines(folder: string): Baselines {
  return {
    async read(key) {
      try {
        const path = join(folder, `${key}.json`);
        if (Date.now() - (await stat(path)).mtimeMs > maxDays * 86_400_000) return null;
        const kept = JSON.parse(await readFile(path, "utf8"));
        return kept.form === form && Array.isArray(kept.runs) && kept.runs.length > 0 ? kept.runs : null;
      } catch {
        return null;
      }
    },
    async write(key, runs) {
      const text = JSON.stringify({ form, runs });
      if (text.length > maxBytes) return;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await removeOld(folder);
      const draft = join(folder, `${randomUUID()}.part`);
      await writeFile(draft, text, { mode: 0o600 });
      await rename(draft, join(folder, `${key}.json`));
    },
  };
}

/** Keeps them while the process lasts. */
export function memoryBaselines(): Baselines {
  const kept = new Map<string, readonly SuiteRun[]>();
  return {
    read: async (key) => kept.get(key) ?? null,
    write: async (key, runs) => void kept.set(key, runs),
  };
}

/** What an earlier verification of this base left. */
export async function keptBaseline(options: VerifyOptions, base: Side): Promise<readonly SuiteRun[] | null> {
  const key = baselineKey(base, options.limits.testMs, options.sandbox);
  return (await options.baselines?.read(key)) ?? null;
}

/** A base that could not be set up or read may do better next time; one that never ends will not. */
export async function keepBaseline(
  options: VerifyOptions,
  base: Side,
  all: readonly (SuiteRun | undefined)[],
) {
  if (isUninstalled(base)) return;
  const runs = all.filter((run) => run !== undefined);
  const { problem, unusable } = runs[0] ?? { problem: "no-report", unusable: undefined };
  if (unusable !== undefined) return;
  if (problem !== undefined && problem !== "timeout" && problem !== "no-tests-ran") return;
  const keptSince = new Date().toISOString();
  const key = baselineKey(base, options.limits.testMs, options.sandbox);
  await options.baselines?.write(
    key,
    runs.map((run) => ({ ...run, keptSince })),
  );
}

/** What decides on how a base's suite ends: its tree, how it is set up and tested, and for how long, on what. */
function baselineKey(
  { tree, toolchain, only }: Side,
  testMs: number,
  { name, image }: VerifyOptions["sandbox"],
): string {
  const decisive = [tree, toolchain, only ?? [], testMs, name, image, process.version, process.env.PATH];
  return createHash("sha256").update(JSON.stringify(decisive)).digest("hex").slice(0, 40);
}

async function removeOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > maxDays * 86_400_000) await rm(path, { force: true });
  }
}
