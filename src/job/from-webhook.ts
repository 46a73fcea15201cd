import { z } from "zod";
import { Problem } from "../log/problem.ts";
import type { Trigger, TriggerIssue } from "./job.ts";

const user = z.object({ login: z.string().min(1), type: z.string().default("User") });

const common = z.object({
  repository: z.object({
    id: z.int().positive().optional(),
    name: z.string().min(1),
    owner: z.object({ login: z.string().min(1) }),
    archived: z.boolean().default(false),
    private: z.boolean().default(true),
  }),
  sender: user,
  installation: z.object({ id: z.number() }).nullish(),
});

const issue = z.object({
  number: z.int().positive(),
  title: z.string(),
  body: z.string().nullish(),
  user: user.nullish(),
  state: z.string().nullish(),
  locked: z.boolean().nullish(),
  pull_request: z.object({}).nullish(),
  updated_at: z.string(),
});

const labeled = common.extend({ issue, label: z.object({ name: z.string() }).nullish() });
const commented = common.extend({
  issue,
  comment: z.object({ id: z.number(), body: z.string(), created_at: z.string() }),
});

/** By which door a payload came, and under which id. */
export type Arrival = Pick<Trigger, "door" | "deliveryId">;

/**
 * The trigger in the payload of `issues.labeled`. Throws `event-unreadable` for what is none.
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads#issues
 */
export function fromLabeled(arrival: Arrival, payload: unknown): Trigger {
  const event = read(labeled, payload);
  return {
    ...commonOf(arrival, event),
    // Labelling is itself an update: the issue's time is the event's.
    at: event.issue.updated_at,
    action: { kind: "labeled", label: event.label?.name ?? "", issue: issueOf(event.issue) },
  };
}

/**
 * The trigger in the payload of `issue_comment.created`. Throws `event-unreadable` for what is none.
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads#issue_comment
 */
export function fromCommented(arrival: Arrival, payload: unknown): Trigger {
  const event = read(commented, payload);
  const { id, body, created_at } = event.comment;
  return {
    ...commonOf(arrival, event),
    at: created_at,
    action: { kind: "commented", comment: { id, body }, issue: issueOf(event.issue) },
  };
}

const reviewed = common.extend({
  review: z.object({ state: z.string(), submitted_at: z.string() }),
  pull_request: issue.omit({ pull_request: true }).extend({ head: z.object({ ref: z.string() }) }),
});

/**
 * The trigger in the payload of `pull_request_review.submitted`. Throws `event-unreadable` for what is none.
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request_review
 */
export function fromReviewed(arrival: Arrival, payload: unknown): Trigger {
  const event = read(reviewed, payload);
  const { state, submitted_at } = event.review;
  const at = issueOf({ ...event.pull_request, pull_request: {} });
  return {
    ...commonOf(arrival, event),
    at: submitted_at,
    action: { kind: "reviewed", state: state.toLowerCase(), branch: event.pull_request.head.ref, issue: at },
  };
}

const ended = {
  head_sha: z.string().regex(/^[0-9a-f]{40}$/),
  head_branch: z.string().nullish(),
  updated_at: z.string(),
};
const checked = common.extend({
  check_suite: z.object(ended).optional(),
  workflow_run: z
    .object({ ...ended, head_repository: z.object({ full_name: z.string() }).nullish() })
    .optional(),
  sha: ended.head_sha.optional(),
  branches: z.array(z.object({ name: z.string() })).default([]),
  updated_at: z.string().optional(),
});

/**
 * The trigger in the payload of `check_suite.completed`, `workflow_run.completed` or `status`. Throws `event-unreadable` for
 * what is none. https://docs.github.com/en/webhooks/webhook-events-and-payloads#check_suite
 */
export function fromChecked(arrival: Arrival, payload: unknown): Trigger {
  const event = read(checked, payload);
  const of = event.check_suite ?? event.workflow_run;
  const sha = of?.head_sha ?? event.sha;
  const at = of?.updated_at ?? event.updated_at;
  if (sha === undefined || at === undefined)
    throw new Problem("event-unreadable", { why: "it names no commit" });
  const named = of === undefined ? event.branches.map(({ name }) => name) : [of.head_branch ?? ""];
  // A fork's branch may have the name of one of ours.
  const branches = isOfFork(event) ? [] : named;
  return { ...commonOf(arrival, event), at, action: { kind: "checked", sha, branches } };
}

/** Of a fork that was deleted since, GitHub tells null. */
function isOfFork({ repository, workflow_run }: z.infer<typeof checked>): boolean {
  const from = workflow_run?.head_repository;
  const here = `${repository.owner.login}/${repository.name}`.toLowerCase();
  return from !== undefined && from?.full_name.toLowerCase() !== here;
}

function read<Event>(schema: z.ZodType<Event>, payload: unknown): Event {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const place = first?.path.join(".") || "it";
  throw new Problem("event-unreadable", { why: `${place} is not what GitHub sends there` });
}

function commonOf({ door, deliveryId }: Arrival, event: z.infer<typeof common>) {
  const { repository, sender, installation } = event;
  const { id, owner, name, archived, private: isPrivate } = repository;
  const about = { owner: owner.login, repo: name, archived, private: isPrivate };
  return {
    ...{ door, deliveryId, actor: sender },
    repository: id === undefined ? about : { id, ...about },
    ...(installation ? { installationId: installation.id } : {}),
  };
}

function issueOf({ number, title, body, user, ...rest }: z.infer<typeof issue>): TriggerIssue {
  return {
    ...{ number, title, body: body ?? "" },
    // An author who has left GitHub is shown there as @ghost.
    author: user?.login ?? "ghost",
    state: rest.state === "closed" ? "closed" : "open",
    locked: rest.locked === true,
    isPullRequest: (rest.pull_request ?? null) !== null,
  };
}
