import { Problem } from "../log/problem.ts";
import type { Redact } from "../log/redact.ts";
import type { House } from "../run.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import type { AskedJob } from "./asked-job.ts";
import { input } from "./inputs.ts";

/** What a run needs besides its job. Throws what stands against the job, and what is missing. */
export async function openHouse({ taken, operator }: AskedJob, redact: Redact): Promise<House> {
  if (taken instanceof Problem) throw taken;
  const apiKey = input("anthropic-api-key");
  if (apiKey === "") throw new Problem("input-key-missing");
  return { operator, apiKey, redact, sandbox: await openSandbox(operator.sandbox) };
}
