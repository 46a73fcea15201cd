/** What JSON.parse gives: the shapes are GitHub's, and change from one path to the next. */
export type Json = ReturnType<typeof JSON.parse>;

/** What a person may do in a repository, in GitHub's own words (`role_name`). */
export type Role = "admin" | "maintain" | "write" | "triage" | "read";

export interface LocalUser {
  readonly login: string;
  /** The same in every repository. Absent: a stranger, who may still open issues and comment. */
  readonly role?: Role;
}

export interface LocalRepository {
  readonly owner: string;
  readonly name: string;
  /** Folder whose files are the first commit; absent: a repository without commits. */
  readonly folder?: string;
  /** The first commit's files instead of `folder`. */
  readonly files?: Files;
  /** `owner/name` of a repository further up in the list, instead of files of its own. */
  readonly forkOf?: string;
  readonly private?: boolean;
  /** Default `main`. */
  readonly defaultBranch?: string;
}

/** Path → text or bytes; null deletes. */
export type Files = Readonly<Record<string, string | Buffer | null>>;

export interface LocalApp {
  /** Default `firstdraft`: it then acts as `firstdraft[bot]`. */
  readonly slug?: string;
  /** May be given later, with `deliverTo`. */
  readonly webhookUrl?: string;
  readonly webhookSecret?: string;
  readonly permissions?: Readonly<Record<string, "read" | "write">>;
  /** What was accepted where it is installed; default: all that it asks for. */
  readonly accepted?: Readonly<Record<string, "read" | "write">>;
  /** Default: issues, issue_comment, pull_request, pull_request_review. */
  readonly events?: readonly string[];
}

export interface LocalGitHubOptions {
  readonly repositories: readonly LocalRepository[];
  /** Owners need no entry. */
  readonly users?: readonly LocalUser[];
  readonly app?: LocalApp;
}

export interface LoggedRequest {
  readonly method: string;
  /** Without query and without `/api/v3`. */
  readonly path: string;
  readonly query: string;
  readonly status: number;
  readonly body: unknown;
  /** When it had come, and when its answer was sent: milliseconds of a clock that never jumps. */
  readonly from: number;
  readonly until: number;
}

/** An answer that replaces GitHub's own. */
export interface Fault {
  readonly method?: string;
  readonly path: RegExp;
  /** What stands in the request's body, as JSON. */
  readonly told?: RegExp;
  /** `reset` closes the connection without an answer. Absent: GitHub's own answer. */
  readonly status?: number | "reset";
  /** Default 1. */
  readonly times?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The request takes effect, only its answer is lost. */
  readonly carriedOut?: boolean;
  /** Waited for before the request takes effect, or after that where its answer is lost. */
  readonly before?: () => Promise<unknown>;
}

export interface Delivery {
  readonly guid: string;
  readonly event: string;
  readonly payload: Record<string, unknown>;
  /** The App's answer; null while there is none, or if it could not be reached. */
  status: number | null;
}

/** One time that a delivery was sent. */
export interface Attempt {
  readonly id: bigint;
  readonly delivery: Delivery;
  /** ISO 8601. */
  readonly at: string;
  readonly status: number | null;
  readonly redelivery: boolean;
}

export interface Answer<T = Json> {
  readonly status: number;
  readonly body: T;
}

/** Somebody with an account: what they would do in a browser or with git. Anything that is refused throws. */
export interface Person {
  openIssue(
    repository: string,
    issue: { title: string; body?: string; labels?: string[] },
  ): Promise<{ number: number }>;
  editIssue(
    repository: string,
    number: number,
    change: { title?: string; body?: string; state?: "open" | "closed" },
  ): Promise<void>;
  label(repository: string, number: number, label: string): Promise<void>;
  unlabel(repository: string, number: number, label: string): Promise<void>;
  comment(repository: string, number: number, body: string): Promise<{ id: number }>;
  /** A review with a text of its own. */
  review(
    repository: string,
    pullRequest: number,
    body: string,
    event?: "COMMENT" | "REQUEST_CHANGES",
  ): Promise<void>;
  /** Marks a thread as resolved, by the id of its first remark. */
  resolve(thread: number): Promise<void>;
  /** A remark on a line of the new side; returns its id and more. */
  reviewComment(
    repository: string,
    pullRequest: number,
    at: { path: string; line: number; body: string },
  ): Promise<Json>;
  /** Pushes one commit onto a branch, which is made from the default branch if it is new. Returns its SHA. */
  push(repository: string, branch: string, commit: { message: string; files: Files }): Promise<string>;
  /** Any other request; never throws for a status. */
  request(method: string, path: string, body?: unknown): Promise<Answer>;
}

/** A GitHub on this machine. `repository` is always `owner/name`. */
export interface LocalGitHub extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, for GITHUB_SERVER_URL. */
  readonly url: string;
  /** For GITHUB_API_URL and Octokit's `baseUrl`. */
  readonly apiUrl: string;
  /** For GHE_HOST, beside GHE_PROTOCOL=http. */
  readonly host: string;
  readonly appId: number;
  /** The App's account, e.g. `firstdraft[bot]`. */
  readonly appLogin: string;
  readonly privateKey: string;
  readonly webhookSecret: string;
  installationId(owner?: string): number;
  /** A personal token of a user. */
  token(login: string): string;
  /** An installation token of the App, with all its permissions, or with fewer. */
  appToken(owner?: string, permissions?: Readonly<Record<string, "read" | "write">>): Promise<string>;
  /**
   * What a workflow gets as GITHUB_TOKEN: an installation token of `github-actions[bot]`. `permissions` are the workflow's;
   * default: all that firstdraft asks for.
   */
  actionsToken(owner?: string, permissions?: Readonly<Record<string, "read" | "write">>): Promise<string>;
  /** Of another App, `other-ci[bot]`, which reports checks. */
  otherCiToken(owner?: string): Promise<string>;
  remoteUrl(owner: string, name: string): string;
  /** The bare repository, after everything said to the API has reached it. */
  gitDir(owner: string, name: string): Promise<string>;
  as(login: string): Person;
  deliverTo(webhookUrl: string): void;
  /** Every webhook so far, oldest first. */
  readonly deliveries: readonly Delivery[];
  /** Every time that one was sent and has ended, oldest first. */
  readonly attempts: readonly Attempt[];
  /** Sends a webhook again, with the same GUID. */
  redeliver(guid: string): Promise<number | null>;
  /** Every request but those of `as()`, oldest first. */
  readonly requests: readonly LoggedRequest[];
  fail(fault: Fault): void;
  /** From now on nothing fails that was to. */
  heal(): void;
  close(): Promise<void>;
}
