import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { removeAll } from "../workspace/remove-all.ts";
import { requireSpace } from "../workspace/require-space.ts";
import type { VerifyOptions } from "./options.ts";
import { setupsOf } from "./plan/plan.ts";
import { prepareCheckout } from "./prepare/prepare-checkout.ts";
import type { Side } from "./side.ts";
import { cappedOutput } from "./suite/capped-output.ts";
import { runParts } from "./suite/run-parts.ts";
import type { SuiteRun } from "./types.ts";

/** A checkout of one tree with its dependencies, gone when it is disposed of. What runs in it stays in it. */
export interface Checkout extends AsyncDisposable {
  /** The suite, or the part of it that `only` names. Throws `disk-full` for one that fails as the disk is full. */
  run(side: Pick<Side, "only" | "toolchain">, testMs?: number): Promise<SuiteRun>;
  /** Puts another text in the place of a file, null: takes it away. False where a suite has left something in the way. */
  lay(path: string, text: string | null): Promise<boolean>;
}

/** A clean one. */
export async function openCheckout(
  options: VerifyOptions,
  { tree, toolchain: { parts } }: Pick<Side, "tree" | "toolchain">,
): Promise<Checkout> {
  const { limits, config, redact, sandbox } = options;
  await mkdir(options.scratch, { recursive: true });
  const top = await mkdtemp(join(options.scratch, "checkout-"));
  const [folder, home, laid] = [join(top, "workspace"), join(top, "home"), join(top, "laid")];
  const place = { ...options, tree, folder, home, setups: setupsOf(parts) };
  const prepared = await prepareCheckout({
    ...{ ...place, network: config.network, setupMs: limits.setupMs, shares: true },
  }).catch(async (error: unknown) => {
    await removeAll(top);
    throw error;
  });

  return {
    async run({ toolchain: plan, only }, testMs = limits.testMs) {
      if (prepared.ready) {
        const suite = await runParts({ ...place, plan, scratch: top, testMs, without: prepared.without });
        if (suite.problem !== undefined || suite.tests.some(({ state }) => state === "failed"))
          requireSpace(top);
        return only === undefined ? suite : { ...suite, only };
      }
      requireSpace(top);
      const { exitCode, durationMs, output } = prepared.failed;
      return {
        ...{ tree, command: prepared.setup.command ?? "", tests: [], exitCode, durationMs },
        ...{ output: cappedOutput(output, redact), problem: "setup-failed" },
        ...(parts.length > 1 ? { problemIn: prepared.setup.folder } : {}),
      };
    },

    async lay(path, text) {
      // By the sandbox's user: a link that a suite left in there must not lead the controller anywhere.
      await writeFile(laid, text ?? "");
      const script =
        text === null ? 'rm -f -- "./$1"' : 'mkdir -p -- "$(dirname -- "./$1")" && cat /laid > "./$1"';
      const { exitCode } = await sandbox.run({
        ...{ argv: ["sh", "-c", script, "sh", path], folder, timeoutMs: 60_000 },
        mounts: [{ host: laid, inside: "/laid" }],
      });
      return exitCode === 0;
    },

    async [Symbol.asyncDispose]() {
      await removeAll(top);
    },
  };
}
