import { Problem } from "../log/problem.ts";
import type { Outcome } from "../report/outcome.ts";
import { react, refuse } from "../run/intake.ts";
import { handedOn, isPaidFor, publishFile } from "../run/publish-file.ts";
import { useAttempt } from "../run/use-attempt.ts";
import { type ActOptions, tellEnded } from "./act.ts";
import { askedJob } from "./asked-job.ts";
import { draftFilePath, workflowRun } from "./inputs.ts";

/** Publishes what the job before handed on: asks no model, and runs nothing of the repository. */
export async function publish({
  env,
  redact,
}: Pick<ActOptions, "env" | "redact">): Promise<Outcome | { readonly ignored: string }> {
  const from = { path: draftFilePath(), run: workflowRun(env) };
  // Where the job before saw nothing to correct, an event to come is of what was still running then.
  const asked = await askedJob(env, redact, (job) => handedOn(job, from));
  if ("ignored" in asked) return asked;
  const { job, access: github, operator } = asked;
  const isAnswered =
    asked.taken instanceof Problem && asked.taken.code === "issue-taken" && (await isPaidFor(job, from));
  const taken = isAnswered ? "accepted" : asked.taken;
  await react(job, github, taken);
  if (taken instanceof Problem) {
    await refuse(job, github, taken, redact);
    throw taken;
  }
  // Nothing was handed on, and nothing need be: the attempt is on GitHub.
  if (job.request.kind === "use") return useAttempt(job, { access: github, redact });
  return publishFile(job, { access: github, operator, redact, ...from }).catch(async (error: unknown) => {
    await tellEnded(asked, redact, error);
    throw error;
  });
}
