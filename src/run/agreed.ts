import type { Agreed } from "../github/agreed.ts";
import type { Job } from "../job/job.ts";
import type { Waiting } from "./waiting.ts";

/** What a job goes on with, by what waited for it and what was said to that; null: it begins by itself. */
export function agreedIn({ request, requestedBy }: Job, waits: Waiting | null): Agreed | null {
  if (request.kind !== "issue" || waits === null) return null;
  const { held, said: words } = waits;
  const said = words === "" ? [] : [`What a maintainer says to it, which comes first:\n\n${words}`];
  if (held === null) return words === "" ? null : { by: requestedBy.login, text: words };
  const { questions, files, tests, risks } = held.assessment;
  const list = (name: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`${name}:\n${items.map((item) => `- ${item}`).join("\n")}`];
  const asked = questions.map(
    ({ question, proposal }, index) =>
      `${index + 1}. ${question}\n   Proposed, and agreed to unless said otherwise: ${proposal}`,
  );
  const plan =
    held.for === "plan"
      ? [...list("Files", files), ...list("What tests have to show", tests), ...list("Risks", risks)]
      : [];
  const whole = held.for === "split" ? ["All of it in one change, though that will be large."] : [];
  const text = [...whole, ...asked, ...plan, ...said].join("\n\n");
  return { by: requestedBy.login, text: text || "The issue as it stands." };
}

/**
 * How the model is to look at a job's task before the work: for a plan, or as the configuration says where a label asks.
 * Who names an issue by hand has decided.
 */
export function lookIn({ request }: Job): "plan" | "label" | null {
  if (request.kind !== "issue") return null;
  if (request.plans !== undefined) return "plan";
  return request.label !== null || request.approves !== undefined ? "label" : null;
}
