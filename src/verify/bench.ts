import { limit, suitesAtOnce } from "./limit.ts";
import type { VerifyOptions } from "./options.ts";
import type { TestPlan } from "./plan/plan.ts";
import { runSide } from "./run-side.ts";
import type { Side } from "./side.ts";
import type { SuiteRun } from "./types.ts";

/** Runs suites, side by side where the cores allow, and none twice for the same tree and command unless it is asked to. */
export interface Bench {
  /** Takes a run of an earlier day for this side's. */
  know(side: Side, suite: SuiteRun): void;
  run(side: Side): Promise<SuiteRun | undefined>;
  /** Once more, whatever was run before. */
  again(side: Side): Promise<SuiteRun | undefined>;
}

/** `undefined` for a side without a test command. */
export function openBench(options: VerifyOptions, plan: TestPlan): Bench {
  const inTurn = limit(suitesAtOnce(options.sandbox, plan));
  const done = new Map<string, Promise<SuiteRun>>();

  async function again(side: Side): Promise<SuiteRun | undefined> {
    if (side.toolchain.test === null) return undefined;
    const running = inTurn(() => runSide(options, side));
    done.set(keyOf(side), running);
    const suite = await running;
    tell(options, side, suite);
    return suite;
  }

  return {
    again,
    async run(side) {
      const known = done.get(keyOf(side));
      if (known === undefined) return again(side);
      tell(options, side, await known);
      return known;
    },
    know: (side, suite) => void done.set(keyOf(side), Promise.resolve(suite)),
  };
}

const keyOf = ({ tree, toolchain }: Side) => JSON.stringify([tree, toolchain.test]);

function tell({ emit }: VerifyOptions, { which }: Side, { tests }: SuiteRun): void {
  const count = (state: string) => tests.filter((test) => test.state === state).length;
  emit({ type: "suite", which, passed: count("passed"), failed: count("failed") });
}
