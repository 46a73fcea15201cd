import { test } from "@jest/globals";
import type { SandboxSettings } from "../../../src/config/types.ts";
import { openSandbox } from "../../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../../src/sandbox/sandbox.ts";
import { type Stage, stageOf } from "../stage.ts";

/** A provider whose promises are tried, or why it cannot be on this machine. */
export interface Provider {
  readonly settings: SandboxSettings;
  /** null: it is there. */
  readonly missing: string | null;
  /** The number that the command's user has inside. */
  readonly uid: number;
}

/** One promise, kept on a stage of its own. */
export type Case = (name: string, run: (stage: Stage) => Promise<void>) => void;

/** Registers each promise as a test of `provider`; where it is missing they are skipped, and its reason is in their names. */
export function casesOf({ settings, missing }: Provider): Case {
  let opened: Promise<Sandbox> | null = null;
  return (name, run) => {
    const title = `${settings.provider}: ${name}`;
    if (missing !== null) return test.skip(`${title} (${missing})`, () => undefined);
    return test(title, async () => {
      opened ??= openSandbox(settings);
      await using stage = await stageOf(await opened);
      await run(stage);
    });
  };
}
