import type { Readable, Writable } from "node:stream";
import type { SandboxProvider } from "../config/types.ts";

/** A place where a repository's code may run: no secrets, no network unless asked, gone at the end. */
export interface Sandbox {
  readonly name: SandboxProvider;
  /** The id of the image whose files commands see; absent: they see this machine's. */
  readonly image?: string;
  /** Whether a command with network is to name the registries that it wants, see `Hosts`. Absent: it reaches everything. */
  readonly wantsRegistries?: boolean;
  /** The path at which commands inside see `folder` (an absolute path on this machine). */
  inside(folder: string): string;
  /** Hands `folder` and all in it to the user that commands run as. */
  adopt(folder: string): Promise<void>;
  /** Runs one command to its end. A non-zero exit is a value; only a broken sandbox throws. */
  run(command: Command): Promise<Finished>;
  /** Ends what an earlier controller of the same owner left running, see `openSandbox`. Absent: nothing can outlive its controller. */
  removeLeftOver?(): Promise<void>;
  /** Starts a long-lived command that is spoken to over stdio; `kill` ends its whole process tree. */
  start(command: Command): Running;
}

export interface Command {
  readonly argv: readonly [string, ...string[]];
  /** Absolute path of the one folder that the command may change. */
  readonly folder: string;
  /** Where to start, relative to `folder`. Default: the folder itself. */
  readonly cwd?: string;
  /** Added to the clean environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default false. True only while dependencies are installed. */
  readonly network?: boolean;
  /** What a command with network is to reach beside what the operator lists, as far as the operator lets it. */
  readonly hosts?: Hosts;
  /**
   * Further folders or files: seen at `inside`, read-only unless `writable`. One at `homeInside` (paths.ts) takes the
   * place of the empty HOME, and is the only one that provider `none` heeds.
   */
  readonly mounts?: readonly Mount[];
  /** Milliseconds until the process tree is killed. */
  readonly timeoutMs: number;
  /** Bytes of output kept (head and tail); default 1 MiB. */
  readonly outputBytes?: number;
  readonly signal?: AbortSignal;
}

/** Hosts by `name`, for HTTPS, or `name:port`. */
export interface Hosts {
  /** Of the package registries that the machine's own clients name. */
  readonly registries: readonly string[];
  /** That the repository's configuration asks for. */
  readonly repository: readonly string[];
}

/** A host that a command with network was not let through to. */
export interface Refused {
  /** `name:port`, as a stranger's program wrote it: letters, digits and `._:-[]?` only. */
  readonly host: string;
  /** `address`: its name leads to where such a host must not be. */
  readonly why: "not-listed" | "address";
  readonly times: number;
}

export interface Mount {
  readonly host: string;
  readonly inside: string;
  readonly writable?: boolean;
}

export interface Finished {
  /** null when it was stopped from outside: deadline, `signal`, flood. 128 + n when it died of signal n by itself. */
  readonly exitCode: number | null;
  /** Standard output and standard error as they came, valid UTF-8, the middle cut when too long. */
  readonly output: string;
  readonly truncated: boolean;
  readonly timedOut: boolean;
  readonly cancelled: boolean;
  readonly durationMs: number;
  /** Absent: nothing was. */
  readonly refused?: readonly Refused[];
}

export interface Running {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves when the process has gone, however it went. */
  readonly exited: Promise<number | null>;
  kill(): Promise<void>;
}
