import { randomUUID } from "node:crypto";
import type { Job, Trigger, TriggerIssue } from "../../src/job/job.ts";

export const issue: TriggerIssue = {
  number: 12,
  title: "Sum is off by one",
  body: "It should not be.",
  author: "reporter",
  state: "open",
  locked: false,
  isPullRequest: false,
};

export const labeled = (label = "ai-generate", change: Partial<TriggerIssue> = {}): Trigger["action"] => ({
  kind: "labeled",
  label,
  issue: { ...issue, ...change },
});

export const commented = (body: string, change: Partial<TriggerIssue> = {}): Trigger["action"] => ({
  kind: "commented",
  comment: { id: 1, body },
  issue: { ...issue, number: 13, isPullRequest: true, ...change },
});

export const dispatched = (change: Partial<TriggerIssue> = {}): Trigger["action"] => ({
  kind: "dispatched",
  issue: { ...issue, ...change },
});

export function trigger(action: Trigger["action"], change: Partial<Trigger> = {}): Trigger {
  return {
    door: "app",
    deliveryId: "2d7ef9f0-0000-11ef-8000-000000000000",
    at: "2026-03-01T10:00:00Z",
    repository: { owner: "Acme", repo: "Sums", archived: false, private: false },
    installationId: 7,
    actor: { login: "maintainer", type: "User" },
    action,
    ...change,
  };
}

export function job(number = 12, repo = "sums", change: Partial<Job> = {}): Job {
  return {
    key: `acme/${repo}#${number}`,
    deliveryId: randomUUID(),
    requestedAt: "2026-03-01T10:00:00Z",
    requestedBy: { login: "maintainer", type: "User" },
    repository: { owner: "acme", repo },
    installationId: 7,
    request: {
      kind: "issue",
      issue: { number, title: "Sum is off by one", body: "", author: "reporter" },
      label: "ai-generate",
    },
    ...change,
  };
}
