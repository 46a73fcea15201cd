import type { ServeOptions } from "../app/serve.ts";
import { createStages } from "../app/stages.ts";
import type { Traced } from "../app/tracing/traced.ts";
import { ownerOf } from "../job/owner.ts";
import type { Log } from "../log/log-lines.ts";
import { clearLeftOver } from "../run/left-over.ts";
import type { House } from "../run.ts";
import { countStarts } from "../sandbox/count-starts.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { requireHeld } from "../sandbox/require-held.ts";
import { requireVariable } from "./settings.ts";

/** What it takes to work on jobs: a key for the model and a sandbox that holds. */
export async function openWorkshop(
  { operator, redact, count }: Required<Pick<House, "operator" | "redact" | "count">>,
  log: Log,
  traced: Traced,
): Promise<Pick<ServeOptions, "stages" | "alone">> {
  const apiKey = requireVariable("ANTHROPIC_API_KEY", "a key for the Messages API");
  const sandbox = countStarts(await openSandbox(operator.sandbox, ownerOf(operator.dataDir)), count);
  await requireHeld(sandbox);
  const { removeLeftOver } = sandbox;
  return {
    stages: (ledger, journals, later) =>
      createStages({ operator, apiKey, sandbox, redact, ledger, journals, later, count }, log, traced),
    alone: async () => {
      await clearLeftOver(operator.dataDir);
      await removeLeftOver?.();
    },
  };
}
