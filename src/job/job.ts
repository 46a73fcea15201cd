import type { AttemptOptions } from "./attempt-options.ts";

/** `owner/repo`, in two parts. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

/** Somebody on GitHub, as a webhook's `sender` says it. */
export interface Actor {
  readonly login: string;
  /** GitHub's own word: `User`, `Bot`, `Organization`. */
  readonly type: string;
}

/** The text that was approved: as it stood when the trigger happened, never as it stands later. */
export interface IssueText {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: string;
}

/** What a door read from its transport: who asked for what, where. Nothing is checked yet. */
export interface Trigger {
  readonly door: "app" | "action" | "cli";
  /** The webhook's delivery GUID, or one made by the door. */
  readonly deliveryId: string;
  /** ISO 8601, when it happened. */
  readonly at: string;
  readonly repository: RepositoryName & {
    /** GitHub's own number, which stays when the name changes. */
    readonly id?: number;
    readonly archived: boolean;
    readonly private: boolean;
  };
  readonly installationId?: number;
  readonly actor: Actor;
  readonly action:
    | {
        readonly kind: "reviewed";
        readonly state: string;
        readonly branch: string;
        readonly issue: TriggerIssue;
      }
    | { readonly kind: "labeled"; readonly label: string; readonly issue: TriggerIssue }
    | { readonly kind: "commented"; readonly comment: TriggerComment; readonly issue: TriggerIssue }
    | { readonly kind: "dispatched"; readonly issue: TriggerIssue }
    /** A check of a commit ended. */
    | { readonly kind: "checked"; readonly sha: string; readonly branches: readonly string[] };
}

export interface TriggerIssue extends IssueText {
  readonly state: "open" | "closed";
  readonly locked: boolean;
  readonly isPullRequest: boolean;
}

export interface TriggerComment {
  readonly id: number;
  readonly body: string;
}

/** One piece of work: everything a run needs to know, and nothing secret. Kept in the queue as JSON. */
export interface Job {
  /** `owner/repo#12` for a first attempt; the pull request's number for what is asked for there. */
  readonly key: string;
  /** The key of the issue that it is a run for, of which one is at work at a time; absent: it was not taken in yet. */
  readonly about?: string;
  readonly deliveryId: string;
  readonly requestedAt: string;
  readonly requestedBy: Actor;
  readonly repository: RepositoryName;
  readonly repositoryId?: number;
  readonly installationId?: number;
  readonly request:
    | {
        readonly kind: "issue";
        readonly issue: IssueText;
        /** The label that was added; whether it is the one that asks for a draft, the repository says. null: dispatched. */
        readonly label: string | null;
        /** The comment with `/approve`, or with answers, for what waits. */
        readonly approves?: number;
        /** What it says beside that. */
        readonly words?: string;
        /** It does not say `/approve`: it may be none of ours. */
        readonly answers?: true;
        /** The comment with `/plan`: no draft, but how one would be made. */
        readonly plans?: number;
      }
    | (Asked & {
        /** Anew from the base, or one more commit on what the pull request holds. */
        readonly kind: "regenerate" | "revise";
        readonly guidance: string;
        readonly options?: AttemptOptions;
      })
    /** Back to an attempt that was kept; null: it was not said which. */
    | (Asked & { readonly kind: "use"; readonly attempt: number | null })
    /** The end of what was asked for before it: no run of its own. */
    | (Here & { readonly kind: "cancel" })
    /** The issues into which a task that is too large is to be broken: no run of its own. */
    | (Here & { readonly kind: "split"; readonly issue: IssueText })
    /** The repository's own checks of a draft's head: asked for by nobody, within what was asked for before. */
    | {
        readonly kind: "checks";
        readonly number: number;
        readonly sha: string;
        readonly comment: null;
        /** No check ended: so many minutes were waited for them. */
        readonly afterMinutes?: number;
      }
    /** Likely meant for us, but none of our commands, or none that belongs there: an answer, and no run. */
    | (Here & { readonly kind: "unknown" });
}

/** A command on an issue or a pull request. */
interface Here {
  readonly number: number;
  readonly isPullRequest: boolean;
  readonly comment: number;
}

/** A command on a pull request. */
interface Asked {
  readonly pullRequest: number;
  /** The comment that it stands in; null: a review asks for it. */
  readonly comment: number | null;
}

/** `toJob`'s answer. `reason` is a stable word for logs and tests. */
export type JobDecision = { readonly job: Job } | { readonly ignored: string };

/** The number of the issue or pull request that the job came from, where its comment belongs. */
export function numberOf({ request }: Pick<Job, "request">): number {
  if (request.kind === "issue") return request.issue.number;
  return "number" in request ? request.number : request.pullRequest;
}

/** A job's key. GitHub's names do not tell case apart, so keys must not either. */
export const keyOf = ({ owner, repo }: RepositoryName, number: number): string =>
  `${owner}/${repo}#${number}`.toLowerCase();
