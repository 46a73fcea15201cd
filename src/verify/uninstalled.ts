import { complaintIn } from "./complaint.ts";
import type { VerifyOptions } from "./options.ts";
import { planOf } from "./plan/plan.ts";
import type { Side, Sides } from "./side.ts";
import { type Finding, notInstalled, type SuiteRun } from "./types.ts";

/** Characters of what setup said. */
const longest = 200;

/**
 * The sides as they are tested with what is there already, where their dependencies cannot be installed at the base; null
 * where they were, where it took too long, or where the configuration says how.
 */
export function uninstalled(
  { config }: VerifyOptions,
  sides: Sides,
  base: SuiteRun | undefined,
): Sides | null {
  if (config.setup !== undefined || base?.problem !== "setup-failed" || base.exitCode === null) return null;
  return {
    base: anyway(sides.base),
    baseWithTests: anyway(sides.baseWithTests),
    head: anyway(sides.head),
  };
}

/** Whether the tests of a side may lack dependencies. */
export function isUninstalled({ toolchain }: Side): boolean {
  return toolchain.parts.some(({ mayFail }) => mayFail === true);
}

/** What has to be known of such tests, by the base's run that was not to be had. */
export function uninstalledRemark({ output }: SuiteRun): Finding {
  const said = complaintIn(output)?.trim().slice(0, longest);
  const words = said === undefined ? "" : ` It says: ${said}`;
  const reason = `Installing the dependencies fails at the base too: the tests were run with what is there already.${words}`;
  return { gate: notInstalled, weight: "remark", file: "", line: null, reason };
}

function anyway(side: Side): Side {
  const parts = side.toolchain.parts.map((part) => ({ ...part, mayFail: true }) as const);
  return { ...side, toolchain: planOf(parts) };
}
