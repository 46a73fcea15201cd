import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { probes } from "./probes.ts";
import type { Command, Finished, Sandbox } from "./sandbox.ts";

/** One attempt to get out, and whether the sandbox held. */
export interface Probe {
  readonly name: string;
  readonly held: boolean;
  /** What was seen, in a line or a few. */
  readonly detail: string;
}

/** What a probe has at hand. */
export interface Stage {
  readonly sandbox: Sandbox;
  /** A word that nothing else on this machine contains, in `canaryFile` and in this process's environment. */
  readonly canary: string;
  /** A readable file of the controller, outside every folder that commands may see. */
  readonly canaryFile: string;
  readonly run: (argv: Command["argv"], options?: Partial<Command>) => Promise<Finished>;
}

/**
 * Tries to get out of `sandbox` in every way that `probes` knows; about half a second. Nothing is tried where there is
 * no isolation to hold.
 */
export async function selfTest(sandbox: Sandbox): Promise<Probe[]> {
  if (sandbox.name === "none") return [{ name: "isolation", held: false, detail: "there is none" }];
  const place = mkdtempSync(join(tmpdir(), "firstdraft-probe-"));
  const folder = mkdtempSync(join(tmpdir(), "firstdraft-probe-"));
  const canary = randomUUID();
  const canaryFile = join(place, "canary");
  writeFileSync(canaryFile, canary);
  process.env.FIRSTDRAFT_PROBE_SECRET = canary;
  try {
    await sandbox.adopt(folder);
    const run: Stage["run"] = (argv, options) => sandbox.run({ argv, folder, timeoutMs: 15_000, ...options });
    const results: Probe[] = [];
    // one after the other: one of them counts this machine's processes
    for (const [name, probe] of Object.entries(probes)) {
      results.push({ name, ...(await probe({ sandbox, canary, canaryFile, run })) });
    }
    return results;
  } finally {
    delete process.env.FIRSTDRAFT_PROBE_SECRET;
    for (const each of [place, folder]) rmSync(each, { recursive: true, force: true });
  }
}
