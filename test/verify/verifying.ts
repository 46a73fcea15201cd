import { resolve } from "node:path";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { Baselines } from "../../src/verify/baselines.ts";
import type { VerifyOptions } from "../../src/verify/options.ts";
import type { Verification } from "../../src/verify/types.ts";
import { verify } from "../../src/verify/verify.ts";
import type { Files, Fixture } from "./repository.ts";

/** Where the packages of this repository are seen inside, for fixtures that link to them in their setup. */
export const packages = "/packages/node_modules";
export const linkPackages = `ln -s ${packages} node_modules`;

/** The real sandbox, with this repository's packages mounted read-only: what a registry would be, were there one. */
export async function sandboxWithPackages(): Promise<Sandbox> {
  const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
  const mount = { host: resolve("node_modules"), inside: packages };
  return {
    ...sandbox,
    run: (command) => sandbox.run({ ...command, mounts: [...(command.mounts ?? []), mount] }),
  };
}

export interface Verifying {
  readonly sandbox: Sandbox;
  readonly config?: Partial<VerifyOptions["config"]>;
  readonly limits?: Partial<VerifyOptions["limits"]>;
  readonly baselines?: Baselines;
  readonly narrowAfterMs?: number;
  readonly emit?: VerifyOptions["emit"];
  /** Instead of the fixture's own: where what is installed stays for the next one. */
  readonly scratch?: string;
}

/** Verifies one change to a fixture. */
export function verifyChange(on: Fixture, files: Files, options: Verifying): Promise<Verification> {
  return verify({
    repository: on.repository,
    baseTree: on.baseTree,
    headTree: on.change(files),
    config: { network: "none", ...options.config },
    sandbox: options.sandbox,
    scratch: options.scratch ?? on.scratch,
    limits: { testMs: 120_000, setupMs: 120_000, ...options.limits },
    redact: (text) => text.replaceAll("canary-secret", "***"),
    emit: options.emit ?? (() => undefined),
    ...(options.baselines === undefined ? {} : { baselines: options.baselines }),
    // Where a test does not say otherwise the time that a run takes must not decide on what is run.
    narrowAfterMs: options.narrowAfterMs ?? 300_000,
  });
}
