import type { Outcome } from "../report/outcome.ts";
import type { Written } from "../run/draft-file/schema.ts";
import { endOf, pack, writeDraftFile } from "../run/draft-file/write.ts";
import { stoppedBy } from "../run/stopped.ts";
import { run } from "../run.ts";
import { type ActOptions, asProblem } from "./act.ts";
import { askedJob } from "./asked-job.ts";
import { draftFilePath, workflowRun } from "./inputs.ts";
import { openHouse } from "./open-house.ts";

/**
 * Makes the draft that the workflow's event asks for, and writes it to the draft file instead of to GitHub, whose token
 * may only read here. Whatever else comes of it stands there too, for the job that publishes to say.
 */
export async function generate(options: ActOptions): Promise<Outcome | { readonly ignored: string }> {
  const { env, redact } = options;
  const asked = await askedJob(env, null);
  const about = (key: string) => ({ run: workflowRun(env), key });
  if ("ignored" in asked) {
    if (asked.key !== undefined)
      await writeDraftFile(draftFilePath(), { ...about(asked.key), result: { kind: "nothing" } }, redact);
    return asked;
  }
  const { job, access } = asked;
  if (job.request.kind === "use") return { ignored: "nothing-to-generate" };
  const handOn = (result: Parameters<typeof writeDraftFile>[1]["result"]) =>
    writeDraftFile(draftFilePath(), { ...about(job.key), result }, redact);
  try {
    const house = await openHouse(asked, redact);
    let written: Written | null = null;
    const outcome = await run(job, {
      ...{ ...options, access, house, dryRun: true },
      keep: async (request, draft) => {
        written = await pack(request, draft, house.sandbox.name);
      },
    });
    if (outcome.kind === "stopped" || outcome.kind === "unchanged" || outcome.kind === "waits")
      await handOn(endOf(outcome));
    else if (written !== null) await handOn(written);
    return outcome;
  } catch (error) {
    await handOn(endOf(stoppedBy(asProblem(error), null)));
    throw error;
  }
}
