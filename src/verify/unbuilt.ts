import { keptBaseline } from "./baselines.ts";
import type { Bench } from "./bench.ts";
import type { VerifyOptions } from "./options.ts";
import { type Part, planOf } from "./plan/plan.ts";
import type { Side, Sides } from "./side.ts";
import type { Finding, SuiteRun } from "./types.ts";

/** The sides as they can be tested, and a remark where that is without a build that succeeds. */
export interface Buildable {
  readonly sides: Sides;
  readonly left: readonly Finding[];
}

/**
 * Where something is built before the tests and the base does not come to their report, all sides are tested whether or not
 * their build succeeds: its last steps may want the network or git, and what the tests need be there by then. A build that
 * only the change breaks is not forgiven.
 */
export async function buildable(options: VerifyOptions, bench: Bench, sides: Sides): Promise<Buildable> {
  const strict = { sides, left: [] };
  const built = sides.base.toolchain.parts.find(({ builds }) => builds !== undefined)?.builds;
  if (built === undefined) return strict;
  if ((await keptBaseline(options, sides.base)) !== null) return strict;
  const anyhow = {
    base: anyway(sides.base),
    baseWithTests: anyway(sides.baseWithTests),
    head: anyway(sides.head),
  };
  if ((await keptBaseline(options, anyhow.base)) === null) {
    const base = await bench.run(sides.base);
    const isSilent = base?.problem === "no-report" || base?.problem === "runner-missing";
    if (!isSilent && !failsAsAWhole(base)) return strict;
  }
  const reason = `\`${built}\` fails at the base too: the tests were run all the same.`;
  return {
    sides: anyhow,
    left: [{ gate: "build-failed", weight: "remark", file: "package.json", line: null, reason }],
  };
}

/** Whether nothing is known of it but that its command failed. */
function failsAsAWhole(run: SuiteRun | undefined): boolean {
  const [only, ...others] = run?.tests ?? [];
  return only?.state === "failed" && only.message === undefined && only.file === null && others.length === 0;
}

function anyway(side: Side): Side {
  const parts = side.toolchain.parts.map((part): Part => {
    const { builds, test, testWithArguments = "", script } = part;
    const steps = `${builds} && `;
    if (builds === undefined || test === null || script?.includes(steps) !== true) return part;
    const forgiven = (text: string) => text.replace(steps, () => `{ ${builds} || echo "not built"; } && `);
    const text = forgiven(script);
    // Where a script does it, the script is run by its text.
    const given = testWithArguments.includes(steps) ? forgiven(testWithArguments) : `${programs} ${text}`;
    return {
      ...part,
      test: test.includes(steps) ? forgiven(test) : text,
      testWithArguments: given,
      script: text,
    };
  });
  return { ...side, toolchain: planOf(parts) };
}

// What a package manager does for a script.
const programs = 'PATH="$PWD/node_modules/.bin:$PATH"; export PATH;';
