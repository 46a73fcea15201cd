/** How the id of a model looks. */
export const modelId = /^[\w.:@/-]{1,100}$/;

/** Where a repository configures firstdraft. */
export const configPath = ".github/firstdraft.yml";

/** `.github/firstdraft.yml` of the target repository, read from its default branch. */
export interface RepositoryConfig {
  /** The label that asks for a draft; absent: the operator's. */
  readonly label?: string;
  readonly model?: string;
  /** Shell command that installs dependencies, or null for "nothing to install". */
  readonly setup?: string | null;
  /** Shell command that runs the tests. */
  readonly test?: string;
  /** Path or glob of the report that `test` writes: JUnit XML, TRX or TAP. */
  readonly report?: string;
  /** Globs of tests and their helpers, beyond the conventions of the toolchains. */
  readonly tests: readonly string[];
  readonly limits: RepositoryLimits;
  /** Globs that the change may not touch, beyond the built-in list. */
  readonly protected: readonly string[];
  /** Globs of protected paths that a change may touch all the same; what it touches there is said first. */
  readonly allow: readonly string[];
  /** Globs of files to which a change may add values in the form of a secret. */
  readonly exampleSecrets: readonly string[];
  /** `stop` (default): an issue that hides text, by somebody without write access, is not worked on. `remove`: without that text. */
  readonly hiddenText: "stop" | "remove";
  /** Whether a second session of the model looks at a change; default true. */
  readonly secondLook: boolean;
  /** When a draft is marked as ready for review; default `never`. */
  readonly ready: "never" | "verified" | "ci-green";
  /** When a label is answered with questions first; default `when-unclear`. */
  readonly ask: "never" | "when-unclear" | "always";
  /** `setup` (default): network while dependencies are installed. `none`: never. A map: `setup`, and what it is to reach besides. */
  readonly network: "setup" | "none" | SetupNetwork;
}

export interface SetupNetwork {
  /** Names of hosts for HTTPS, as far as the operator lets a repository name any. */
  readonly allow: readonly string[];
  /** Whether install scripts have that network too; default false. */
  readonly scripts: boolean;
}

/** A repository may lower the operator's limits, never raise them. */
export interface RepositoryLimits {
  readonly usd?: number;
  readonly turns?: number;
  readonly minutes?: number;
  /** Rounds of "verification failed, try again". */
  readonly rounds?: number;
  /** Minutes for one run of the tests. */
  readonly testMinutes?: number;
  /** Minutes for installing dependencies. */
  readonly setupMinutes?: number;
  /** Minutes for taking the change back hunk by hunk; 0: not at all. */
  readonly hunkMinutes?: number;
  /** Minutes for the repository's own linters; 0: they are not run. */
  readonly lintMinutes?: number;
  /** Lines, added and deleted, from which a change is said to be large. */
  readonly lines?: number;
  /** Attempts that one pull request may show. */
  readonly attempts?: number;
  /** Commits that correct what the repository's own checks find; 0: none. */
  readonly ciRounds?: number;
  /** Minutes for which the repository's own checks of a published commit are waited for; 0: not at all. */
  readonly ciMinutes?: number;
}

/** What keeps generated code apart from this machine. */
export type SandboxProvider = "bubblewrap" | "gvisor" | "docker" | "podman" | "none";

/** Where generated code runs. */
export interface SandboxSettings {
  readonly provider: SandboxProvider;
  /** The image whose files and toolchains commands see; for `docker` and `podman`, which need one. */
  readonly image?: string;
  /** The second of the two opt-ins that `none` needs. */
  readonly acceptNoSandbox: boolean;
  /**
   * All that installing dependencies may reach, by `name` or `name:port`, and by the words `registries` (of the package
   * managers) and `repository` (what its configuration names); absent: whatever this machine reaches. Not for `none`.
   */
  readonly networkHosts?: readonly string[];
}

/** What may be spent at most by many runs, in US dollars; absent: no such limit. Days and months are those of UTC. */
export interface Purses {
  readonly issue?: number;
  readonly repositoryDay?: number;
  readonly installationMonth?: number;
}

/** The operator's settings, from the environment. */
export interface OperatorConfig {
  readonly label: string;
  /** Absolute path. */
  readonly dataDir: string;
  readonly databaseUrl?: string;
  /** Absent: the default of the agent. */
  readonly model?: string;
  /** USD per million tokens, for a model without a listed price. */
  readonly price?: { readonly inputPerMTok: number; readonly outputPerMTok: number };
  readonly anthropicBaseUrl?: string;
  /** Most MiB of a repository on GitHub, of what is fetched of it, and of the files of the commit worked on. */
  readonly repositoryMib: number;
  /** Most runs of one repository at the same time. */
  readonly runsPerRepository: number;
  /** Whether GitHub's limits are minded; absent: on github.com. */
  readonly githubLimits?: boolean;
  /** Least minutes from an attempt to the next /regenerate. */
  readonly regeneratePause: number;
  /** Whether a second session of the model looks at a change. */
  readonly secondLook: boolean;
  /** Whether the model looks at what an issue leaves open before it begins. */
  readonly ask: boolean;
  readonly sandbox: SandboxSettings;
  /** What installing dependencies sees of the operator's environment. */
  readonly setupEnv: Readonly<Record<string, string>>;
  readonly limits: Required<RepositoryLimits>;
  /** The App alone can hold these. */
  readonly purses: Purses;
}
