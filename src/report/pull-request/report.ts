import type { SandboxProvider } from "../../config/types.ts";
import type { IssueText } from "../../job/job.ts";
import type { Links } from "../links.ts";
import type { Draft } from "../outcome.ts";

/** What a pull request is written from. */
export interface PullRequestReport {
  readonly issue: Pick<IssueText, "number" | "title">;
  readonly draft: Draft;
  /** Where the change is published; null: nowhere, it is a patch. */
  readonly branch: string | null;
  /** What the change was proved against: where the branch stood when the run began. */
  readonly base: { readonly branch: string; readonly commit: string };
  readonly attempt: number;
  /** The commit that this one is on top of, where that is not the base. */
  readonly revises: string | null;
  /** null: nobody, it corrects what the repository's own checks found. */
  readonly requestedBy: string | null;
  readonly sandbox: SandboxProvider;
}

/** The same, and where to read the change, which is known only once it is published. */
export interface PublishedReport extends PullRequestReport {
  readonly links: Links | null;
}
