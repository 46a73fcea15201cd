import { readFile } from "node:fs/promises";
import { type Arrival, fromChecked, fromCommented, fromLabeled, fromReviewed } from "../job/from-webhook.ts";
import type { Job, RepositoryName } from "../job/job.ts";
import { toJob } from "../job/to-job.ts";
import { Problem } from "../log/problem.ts";
import { input, runnerVariable } from "./inputs.ts";

/** What the workflow runs for, by the runner's own variables. */
export interface WorkflowEvent {
  /** `issues`, `issue_comment`, `pull_request_review`, `workflow_dispatch`, or one that asks for nothing. */
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly repository: RepositoryName;
  /** Who started it, e.g. by hand. */
  readonly actor: string;
  /** A run that is run again is another delivery. */
  readonly deliveryId: string;
  /** The file of the workflow itself, e.g. `.github/workflows/firstdraft.yml`; "" on a server that does not tell. */
  readonly workflow: string;
}

/** Reads the event. Throws `variable-missing`, `event-unreadable`. */
export async function readEvent(env: NodeJS.ProcessEnv): Promise<WorkflowEvent> {
  const variable = (name: string) => runnerVariable(env, name);
  const [owner = "", repo = ""] = variable("GITHUB_REPOSITORY").split("/");
  return {
    name: variable("GITHUB_EVENT_NAME"),
    payload: await readPayload(variable("GITHUB_EVENT_PATH")),
    repository: { owner, repo },
    actor: variable("GITHUB_ACTOR"),
    deliveryId: `${variable("GITHUB_RUN_ID")}-${variable("GITHUB_RUN_ATTEMPT")}`,
    workflow: pathOf(env.GITHUB_WORKFLOW_REF ?? ""),
  };
}

/** `acme/shop/.github/workflows/ci.yml@refs/heads/main` → the path in the repository. */
const pathOf = (reference: string): string => /^[^/]+\/[^/]+\/([^@]+)@/.exec(reference)?.[1] ?? "";

async function readPayload(path: string): Promise<WorkflowEvent["payload"]> {
  try {
    const payload = JSON.parse(await readFile(path, "utf8"));
    if (typeof payload === "object" && payload !== null) return payload;
  } catch (cause) {
    const why = cause instanceof SyntaxError ? "its file is not JSON" : "its file cannot be opened";
    throw new Problem("event-unreadable", { why }, { cause });
  }
  throw new Problem("event-unreadable", { why: "its file holds no object" });
}

/** What an event asks for: a job, the issue that somebody named, or nothing. Asks nobody. */
export function askedBy(
  event: WorkflowEvent,
): { readonly job: Job } | { readonly issue: number } | { readonly ignored: string } {
  const { name, payload, deliveryId } = event;
  if (name === "workflow_dispatch") return { issue: dispatched("issue-number", payload) };
  const arrival = { door: "action", deliveryId } as const;
  const happened = `${name}.${payload.action}`;
  // With a person's token our own comments are that person's; none of them is a command.
  if (happened === "issues.labeled") return toJob(fromLabeled(arrival, payload), { self: [] });
  if (happened === "issue_comment.created") return toJob(fromCommented(arrival, payload), { self: [] });
  if (happened === "pull_request_review.submitted")
    return toJob(fromReviewed(arrival, payload), { self: [] });
  if (["check_suite.completed", "workflow_run.completed"].includes(happened) || name === "status")
    return checked(event, arrival);
  return { ignored: "other-event" };
}

function checked({ payload, workflow }: WorkflowEvent, arrival: Arrival): ReturnType<typeof askedBy> {
  const run = payload.workflow_run as { path?: unknown } | null | undefined;
  // Each run would start the next one.
  if (workflow !== "" && String(run?.path ?? "").split("@")[0] === workflow)
    return { ignored: "checks-own-workflow" };
  const decision = toJob(fromChecked(arrival, payload), { self: [] });
  return "ignored" in decision ? { ignored: `checks-${decision.ignored}` } : decision;
}

/** What a pull request may have new commits by, or be ready by. `pull_request_target` is none: it has others' rights. */
const news = ["opened", "synchronize", "reopened", "ready_for_review"].map(
  (action) => `pull_request.${action}`,
);

/** The pull request that an event brings commits of, by its number, or nothing. Asks nobody. */
export function proposedBy(event: WorkflowEvent): { readonly number: number } | { readonly ignored: string } {
  const { name, payload } = event;
  if (name === "workflow_dispatch") return { number: dispatched("pull-request-number", payload) };
  if (!news.includes(`${name}.${payload.action}`)) return { ignored: "no-pull-request" };
  const number = (payload.pull_request as { number?: unknown } | null | undefined)?.number;
  if (typeof number === "number" && Number.isSafeInteger(number) && number > 0) return { number };
  const why = "pull_request.number is not what GitHub sends there";
  throw new Problem("event-unreadable", { why });
}

const numbers = { "issue-number": "an issue", "pull-request-number": "a pull request" } as const;

/** The step's input, else the workflow's own. */
function dispatched(name: keyof typeof numbers, { inputs }: WorkflowEvent["payload"]): number {
  const given = (inputs as Record<string, unknown> | null | undefined)?.[name] ?? "";
  const text = input(name) || String(given).trim();
  if (text === "") throw new Problem("input-missing", { name, value: `inputs.${name}` });
  if (!/^[1-9]\d{0,9}$/.test(text)) {
    throw new Problem("setting-invalid", { name, allowed: `the number of ${numbers[name]}, e.g. 12` });
  }
  return Number(text);
}
