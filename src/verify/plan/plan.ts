import { quoted } from "../runners/runner.ts";
import type { Toolchain } from "../toolchain.ts";

/** A toolchain in its folder. Its manifests are relative to the repository. */
export interface Part extends Toolchain {
  /** Where its tests run, relative to the repository; "" for the root. */
  readonly folder: string;
  /** Where its setup runs: the folder itself, or the root of its workspace. */
  readonly setupFolder: string;
  /** Whether the change touches what it tests, or nobody knows yet; else it is run to see that nothing else broke. */
  readonly near: boolean;
  /** True where it is tested even if its setup fails. */
  readonly mayFail?: true;
}

/** Everything that is set up and run for one change, part by part, in one checkout: the nearest to the change first. */
export interface TestPlan {
  readonly parts: readonly Part[];
  /** As a person would type it at the root; null: nothing to install. */
  readonly setup: string | null;
  /** As a person would type it at the root; null: no tests were found. */
  readonly test: string | null;
}

/** One installation of dependencies. */
export interface Setup {
  /** null: there is nothing to install, only to compile ahead. */
  readonly command: string | null;
  readonly ahead?: string;
  readonly folder: string;
  readonly manifests: readonly string[];
  /** Whether it may also build from the sources, so that each tree needs its own. */
  readonly readsSources: boolean;
  /** Whether a part near the change needs it: else the others do without, if it fails. */
  readonly near: boolean;
  /** True where what it came to is taken even if it fails. */
  readonly mayFail?: true;
}

/** The plan of these parts. */
export function planOf(parts: readonly Part[]): TestPlan {
  return {
    parts,
    setup: typed(setupsOf(parts).map(({ folder, command }) => [folder, command])),
    test: typed(parts.map(({ folder, test }) => [folder, test])),
  };
}

/** What is installed for these parts: once for all that have it in common. */
export function setupsOf(parts: readonly Part[]): Setup[] {
  const setups = new Map<string, Setup>();
  for (const part of parts) {
    const { setup: command, ahead, setupFolder: folder, manifests, setupReadsSources: readsSources } = part;
    if (command === null && ahead === undefined) continue;
    const near = part.near || setups.get(keyOf(part))?.near === true;
    const compiles = ahead === undefined ? {} : { ahead };
    const forgiven = part.mayFail === undefined ? {} : { mayFail: part.mayFail };
    setups.set(keyOf(part), { command, ...compiles, folder, manifests, readsSources, near, ...forgiven });
  }
  return [...setups.values()];
}

const keyOf = ({ setup, setupFolder }: Part) => `${setupFolder}\0${setup}`;

/** Whether `setup` is that of `part`. */
export function isSetupOf({ folder, command }: Setup, part: Part): boolean {
  return part.setupFolder === folder && part.setup === command;
}

/** Shell text that runs `command` in `folder`. */
export function inFolder(folder: string, command: string): string {
  return folder === "" ? command : `(cd ${quoted(folder)} && ${command})`;
}

function typed(commands: readonly (readonly [folder: string, command: string | null])[]): string | null {
  const lines = commands.flatMap(([folder, command]) => (command === null ? [] : inFolder(folder, command)));
  return lines.length === 0 ? null : lines.join(" && ");
}
