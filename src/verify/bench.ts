import { builds, limit, suitesAtOnce } from "./limit.ts";
import { type Checkout, openCheckout } from "./open-checkout.ts";
import type { VerifyOptions } from "./options.ts";
import type { TestPlan } from "./plan/plan.ts";
import { runSide } from "./run-side.ts";
import type { Side } from "./side.ts";
import type { SuiteRun } from "./types.ts";

/** Runs suites, side by side where the cores allow, and none twice for the same tree and command unless it is asked to. */
export interface Bench extends AsyncDisposable {
  /** Takes a run of an earlier day for this side's. */
  know(side: Side, suite: SuiteRun): void;
  run(side: Side): Promise<SuiteRun | undefined>;
  /** Once more, whatever was run before. */
  again(side: Side): Promise<SuiteRun | undefined>;
  /** Once more, where its tree was built before, if that is kept: what its suite left there is there too. */
  inPlace(side: Side): Promise<SuiteRun | undefined>;
  /** The checkout in which a tree was built, if it is kept. */
  built(tree: string): Promise<Checkout> | undefined;
}

/** `undefined` for a side without a test command. What has to be built is kept until the bench is disposed of. */
export function openBench(options: VerifyOptions, plan: TestPlan): Bench {
  const inTurn = limit(suitesAtOnce(options.sandbox, plan));
  const done = new Map<string, Promise<SuiteRun>>();
  const built = new Map<string, Promise<Checkout>>();
  const keeps = builds(plan);

  async function runIn(side: Side, wanted?: Promise<Checkout>): Promise<SuiteRun | undefined> {
    if (side.toolchain.test === null) return undefined;
    const running = inTurn(() =>
      wanted === undefined ? runFresh(side) : wanted.then((checkout) => checkout.run(side)),
    );
    done.set(keyOf(side), running);
    const suite = await running;
    tell(options, side, suite);
    return suite;
  }

  async function runFresh(side: Side): Promise<SuiteRun> {
    if (!keeps || built.has(side.tree)) return runSide(options, side);
    const opened = openCheckout(options, side);
    built.set(side.tree, opened);
    return (await opened).run(side);
  }

  return {
    again: (side) => runIn(side),
    inPlace: (side) => runIn(side, built.get(side.tree)),
    built: (tree) => built.get(tree),
    async run(side) {
      const known = done.get(keyOf(side));
      if (known === undefined) return runIn(side);
      tell(options, side, await known);
      return known;
    },
    know: (side, suite) => void done.set(keyOf(side), Promise.resolve(suite)),
    async [Symbol.asyncDispose]() {
      for (const opened of await Promise.allSettled(built.values()))
        if (opened.status === "fulfilled") await opened.value[Symbol.asyncDispose]();
    },
  };
}

const keyOf = ({ tree, toolchain }: Side) =>
  JSON.stringify([tree, toolchain.test, toolchain.parts.map(({ mayFail }) => mayFail === true)]);

function tell({ emit }: VerifyOptions, { which, only }: Side, { tests }: SuiteRun): void {
  const count = (state: string) => tests.filter((test) => test.state === state).length;
  const files = only === undefined ? {} : { files: only.length };
  emit({ type: "suite", which, passed: count("passed"), failed: count("failed"), ...files });
}
