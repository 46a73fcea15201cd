/** How a repository installs and tests itself. Found by looking, or given in `.github/firstdraft.yml`. */
export interface Toolchain {
  /** e.g. `npm + jest`, `pytest`, `configured`. */
  readonly name: string;
  /** Installs dependencies; runs with network. null: nothing to install. */
  readonly setup: string | null;
  /** Compiles ahead into a cache that goes by content, without network: suites do without as well. Runs no test. */
  readonly ahead?: string;
  /** The test command as a person would type it; null: none was found. */
  readonly test: string | null;
  readonly runner: Runner | null;
  /** Shell text at whose end the runner's own arguments may be added, where that is not `test` itself. */
  readonly testWithArguments?: string;
  /** The text behind `test`, where that is a script: what the shell sees in the end. */
  readonly script?: string;
  /** The text in `script` before the tests, which builds what is tested. */
  readonly builds?: string;
  /** What builds the project, where nothing in `script` does: the tests may want it. */
  readonly couldBuild?: string;
  /** True where the runner's configuration names files of tests, to which those of a command are added. */
  readonly namesTests?: boolean;
  /** Path or glob of the report that `test` writes into the checkout: JUnit XML, TRX or TAP. */
  readonly report?: string;
  /** The files that decide what `setup` installs. */
  readonly manifests: readonly string[];
  /** The packages that `test` runs and could be told to limit itself to by their names, with their folders. */
  readonly members?: readonly { readonly folder: string; readonly name: string }[];
  /** True where `setup` may also build from the sources, so that each tree needs its own. */
  readonly setupReadsSources: boolean;
}

export type Runner =
  | "node-test"
  | "jest"
  | "vitest"
  | "mocha"
  | "jasmine"
  | "pytest"
  | "unittest"
  | "go"
  | "cargo"
  | "nextest"
  | "maven"
  | "gradle"
  | "ctest"
  | "meson"
  | "tap"
  | "command";
