import type { Context } from "probot";
import type { Trigger, TriggerIssue } from "../job/job.ts";

type Labeled = Context<"issues.labeled">["payload"];
type Commented = Context<"issue_comment.created">["payload"];

/** `issues.labeled`, https://docs.github.com/en/webhooks/webhook-events-and-payloads#issues */
export function fromLabeled(deliveryId: string, payload: Labeled): Trigger {
  return {
    ...common(deliveryId, payload),
    // Labelling is itself an update: the issue's time is the event's.
    at: payload.issue.updated_at,
    action: { kind: "labeled", label: payload.label?.name ?? "", issue: issueOf(payload.issue) },
  };
}

/** `issue_comment.created`, https://docs.github.com/en/webhooks/webhook-events-and-payloads#issue_comment */
export function fromCommented(deliveryId: string, payload: Commented): Trigger {
  const { comment } = payload;
  return {
    ...common(deliveryId, payload),
    at: comment.created_at,
    action: {
      kind: "commented",
      comment: { id: comment.id, body: comment.body },
      issue: issueOf(payload.issue),
    },
  };
}

function common(deliveryId: string, { repository, sender, installation }: Labeled | Commented) {
  return {
    door: "app" as const,
    deliveryId,
    repository: {
      owner: repository.owner.login,
      repo: repository.name,
      archived: repository.archived,
      private: repository.private,
    },
    ...(installation ? { installationId: installation.id } : {}),
    actor: { login: sender.login, type: sender.type },
  };
}

function issueOf(issue: Labeled["issue"] | Commented["issue"]): TriggerIssue {
  return {
    number: issue.number,
    title: issue.title,
    body: issue.body ?? "",
    // An author who has left GitHub is shown there as @ghost.
    author: issue.user?.login ?? "ghost",
    state: issue.state === "closed" ? "closed" : "open",
    locked: issue.locked === true,
    isPullRequest: issue.pull_request !== undefined,
  };
}
