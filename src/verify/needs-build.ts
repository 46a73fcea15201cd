import { keptBaseline } from "./baselines.ts";
import type { Bench } from "./bench.ts";
import type { VerifyOptions } from "./options.ts";
import { type Part, planOf } from "./plan/plan.ts";
import type { Side, Sides } from "./side.ts";
import type { SuiteRun } from "./types.ts";

/** What node, jest, vite and webpack say of a file of the repository's own that is not there. */
const missing = [
  /Cannot find (?:module|package) ['"](?:\.{1,2}(?:\/|['"])|\/workspace\/(?!(?:[^'"]*\/)?node_modules\/))/,
  /Failed to resolve (?:import ['"]\.|entry for package)/,
  /Can't resolve ['"]\./,
  /ENOENT\b[^\n]*['"](?:[^'"\n]*\/)?(?:build|dist|lib|out)\//,
];

/** The sides with the project's `build` script before their tests; null where it has none or it is built anyhow. */
export function withBuild(sides: Sides): Sides | null {
  const { parts } = sides.base.toolchain;
  if (parts.some(({ builds }) => builds !== undefined)) return null;
  if (parts.every(({ couldBuild }) => couldBuild === undefined)) return null;
  return { base: built(sides.base), baseWithTests: built(sides.baseWithTests), head: built(sides.head) };
}

/** Whether more of the base's tests passed after a build, when this base was last verified. */
export async function neededBuild(options: VerifyOptions, bare: Side, built: Side): Promise<boolean> {
  const [after] = (await keptBaseline(options, built)) ?? [];
  const [before] = (await keptBaseline(options, bare)) ?? [];
  return isBetter(after, before);
}

/** Whether the base's tests lack files of its own as they were run, and more of them pass after a build. */
export async function needsBuild(bench: Bench, bare: SuiteRun | undefined, built: Side): Promise<boolean> {
  return bare !== undefined && lacksFiles(bare) && isBetter(await bench.run(built), bare);
}

function isBetter(after: SuiteRun | undefined, before: SuiteRun | undefined): boolean {
  return after !== undefined && after.problem === undefined && passed(after) > passed(before);
}

function lacksFiles({ output, problem, tests }: SuiteRun): boolean {
  const failures = tests.filter(({ state }) => state === "failed");
  if (problem === undefined && failures.length === 0) return false;
  const said = [output, ...failures.map(({ message }) => message ?? "")];
  return said.some((text) => missing.some((pattern) => pattern.test(text)));
}

function passed(run: SuiteRun | undefined): number {
  return run?.tests.filter(({ state }) => state === "passed").length ?? 0;
}

function built(side: Side): Side {
  const parts = side.toolchain.parts.map((part): Part => {
    const { couldBuild, test, testWithArguments = test ?? "", script = test ?? "", ...rest } = part;
    if (couldBuild === undefined || test === null) return part;
    const after = (text: string) => `${couldBuild} && ${text}`;
    return {
      ...{ ...rest, builds: couldBuild, test: after(test) },
      ...{ testWithArguments: after(testWithArguments), script: after(script) },
    };
  });
  return { ...side, toolchain: planOf(parts) };
}
