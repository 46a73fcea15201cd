import { parseAnswers, parseCommand } from "./commands.ts";
import { type Actor, type Job, type JobDecision, keyOf, type Trigger, type TriggerIssue } from "./job.ts";

export interface JobSettings {
  /** Our own logins, e.g. `firstdraft[bot]`: what we write ourselves never starts anything. */
  readonly self: readonly string[];
}

/** Turns what happened into a job, or says in a stable word why it is none. Asks nobody: whether the actor may is checked later. */
export function toJob(trigger: Trigger, settings: JobSettings): JobDecision {
  const { action } = trigger;
  if (trigger.door === "app" && trigger.installationId === undefined) return { ignored: "no-installation" };
  // Whose token or App ran the checks says nothing: what is done follows from the commit, which has to be ours.
  if (action.kind === "checked") return checksJob(trigger, action);
  // A dispatch takes write access and nothing that we publish dispatches: no loop to break there.
  if (action.kind !== "dispatched" && isRobot(trigger.actor, settings.self)) return { ignored: "bot" };
  if (trigger.repository.archived) return { ignored: "archived" };
  const request = requestOf({ action });
  if ("ignored" in request) return request;
  // What was closed or locked meanwhile can still be cancelled.
  if (request.kind === "cancel") return { job: jobOf(trigger, request, action.issue.number) };
  // What somebody asks for by name on a pull request that is over is answered, if it is ours to answer.
  const isNamed = "pullRequest" in request && request.comment !== null;
  if (action.issue.state !== "open" && !isNamed) return { ignored: "closed" };
  if (action.issue.locked) return { ignored: "locked" };
  return { job: jobOf(trigger, request, action.issue.number) };
}

function checksJob(
  trigger: Trigger,
  { sha, branches }: Extract<Trigger["action"], { kind: "checked" }>,
): JobDecision {
  if (trigger.repository.archived) return { ignored: "archived" };
  const number = branches.map(issueOfBranch).find((one) => one !== null) ?? null;
  if (number === null) return { ignored: "not-our-branch" };
  return { job: jobOf(trigger, { kind: "checks", number, sha, comment: null }, number) };
}

/** As `branchFor` names them: of all reviews in a repository few are of drafts. */
const ownBranch = /^firstdraft\/issue-([1-9]\d{0,9})$/;

/** The issue that a branch is for, by its name; null: it is none of ours. */
export function issueOfBranch(branch: string): number | null {
  const number = ownBranch.exec(branch)?.[1];
  return number === undefined ? null : Number(number);
}

function requestOf({ action }: { readonly action: Asking }): Job["request"] | { readonly ignored: string } {
  switch (action.kind) {
    case "labeled":
      if (action.issue.isPullRequest) return { ignored: "pull-request" };
      return { kind: "issue", issue: textOf(action.issue), label: action.label };
    case "dispatched":
      if (action.issue.isPullRequest) return { ignored: "pull-request" };
      return { kind: "issue", issue: textOf(action.issue), label: null };
    case "commented": {
      const command = parseCommand(action.comment.body);
      if (command === null) return answersOf(action);
      const { number, isPullRequest } = action.issue;
      const here = { number, isPullRequest, comment: action.comment.id };
      if (command.name === "cancel") return { kind: "cancel", ...here };
      if (command.name === "unknown") return { kind: "unknown", ...here };
      if (command.name === "approve") {
        // Other bots have a command of that name there.
        if (isPullRequest) return { ignored: "pull-request" };
        return { ...ofIssue(action), approves: here.comment, words: command.words };
      }
      const isOfIssue = command.name === "plan" || command.name === "split";
      if (isOfIssue === isPullRequest) return { kind: "unknown", ...here };
      if (command.name === "plan") return { ...ofIssue(action), plans: here.comment };
      if (command.name === "split") return { kind: "split", ...here, issue: textOf(action.issue) };
      const at = { pullRequest: number, comment: here.comment };
      if (command.name === "use") return { kind: "use", ...at, attempt: command.attempt };
      return { kind: command.name, ...at, guidance: command.guidance, options: command.options };
    }
    case "reviewed":
      if (action.state !== "changes_requested") return { ignored: "no-changes-requested" };
      if (issueOfBranch(action.branch) === null) return { ignored: "not-our-branch" };
      // What it says is read with the other reviews.
      return { kind: "revise", pullRequest: action.issue.number, comment: null, guidance: "", options: {} };
  }
}

type Asking = Exclude<Trigger["action"], { kind: "checked" }>;
type Commented = Extract<Trigger["action"], { kind: "commented" }>;

function answersOf(action: Commented): Job["request"] | { readonly ignored: string } {
  const words = action.issue.isPullRequest ? null : parseAnswers(action.comment.body);
  if (words === null) return { ignored: "no-command" };
  return { ...ofIssue(action), approves: action.comment.id, words, answers: true };
}

const ofIssue = ({ issue }: Commented) => ({ kind: "issue", issue: textOf(issue), label: null }) as const;

function jobOf(trigger: Trigger, request: Job["request"], number: number): Job {
  const { owner, repo, id } = trigger.repository;
  return {
    key: keyOf({ owner, repo }, number),
    deliveryId: trigger.deliveryId,
    requestedAt: trigger.at,
    requestedBy: { login: trigger.actor.login, type: trigger.actor.type },
    repository: { owner, repo },
    ...(id === undefined ? {} : { repositoryId: id }),
    ...(trigger.installationId === undefined ? {} : { installationId: trigger.installationId }),
    request,
  };
}

function textOf({ number, title, body, author }: TriggerIssue) {
  return { number, title, body, author };
}

/** An account of type User never counts as one of ours by its name alone, except where the name is ours. */
function isRobot({ login, type }: Actor, self: readonly string[]): boolean {
  const name = login.toLowerCase();
  return type === "Bot" || name.endsWith("[bot]") || self.some((own) => own.toLowerCase() === name);
}
