import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { removeAll } from "../workspace/remove-all.ts";
import type { VerifyOptions } from "./options.ts";
import { setupsOf } from "./plan/plan.ts";
import { prepareCheckout } from "./prepare/prepare-checkout.ts";
import type { Side } from "./side.ts";
import { cappedOutput } from "./suite/capped-output.ts";
import { runParts } from "./suite/run-parts.ts";
import type { SuiteRun } from "./types.ts";

/** The suite of one tree, from a clean checkout that is gone afterwards. */
export async function runSide(
  options: VerifyOptions,
  { tree, only, toolchain: plan }: Pick<Side, "tree" | "only" | "toolchain">,
): Promise<SuiteRun> {
  const { limits, config, redact } = options;
  await mkdir(options.scratch, { recursive: true });
  const top = await mkdtemp(join(options.scratch, "checkout-"));
  const [folder, home] = [join(top, "workspace"), join(top, "home")];
  try {
    const place = { ...options, tree, folder, home, setups: setupsOf(plan.parts) };
    const prepared = await prepareCheckout({
      ...place,
      network: config.network,
      setupMs: limits.setupMs,
      shares: true,
    });
    if (prepared.ready) {
      const suite = await runParts({
        ...{ ...place, plan, scratch: top, testMs: limits.testMs },
        without: prepared.without,
      });
      return only === undefined ? suite : { ...suite, only };
    }
    const { exitCode, durationMs, output } = prepared.failed;
    return {
      tree,
      command: prepared.setup.command,
      tests: [],
      exitCode,
      durationMs,
      output: cappedOutput(output, redact),
      problem: "setup-failed",
      ...(plan.parts.length > 1 ? { problemIn: prepared.setup.folder } : {}),
    };
  } finally {
    await removeAll(top);
  }
}
