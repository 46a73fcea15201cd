/** How a repository installs and tests itself. Found by looking, or given in `.github/firstdraft.yml`. */
export interface Toolchain {
  /** e.g. `npm + jest`, `pytest`, `configured`. */
  readonly name: string;
  /** Installs dependencies; runs with network. null: nothing to install. */
  readonly setup: string | null;
  /** The test command as a person would type it; null: none was found. */
  readonly test: string | null;
  readonly runner: Runner | null;
}

export type Runner =
  | "node-test"
  | "jest"
  | "vitest"
  | "mocha"
  | "pytest"
  | "unittest"
  | "go"
  | "cargo"
  | "maven"
  | "gradle"
  | "ctest"
  | "command";
