import { availableParallelism } from "node:os";
import type { Sandbox } from "../sandbox/sandbox.ts";
import type { TestPlan } from "./plan/plan.ts";

const building = /^(ctest|meson|cargo|nextest)$/;
const make = /(^|[;&|]\s*)make(\s|$)/;

/** Whether its tests are built first, by what uses all cores by itself and goes on from what is built. */
export function builds({ parts }: TestPlan): boolean {
  return parts.some(
    ({ runner, test }) => building.test(runner ?? "") || (runner === "command" && make.test(test ?? "")),
  );
}

/** Checkouts are independent of each other: as many suites at once as there are cores for, the three of a proof at most. */
export function suitesAtOnce(sandbox: Sandbox, plan: TestPlan): number {
  // Two builds at once would only run into the time limit together.
  if (builds(plan)) return 1;
  // Without a sandbox of their own, two suites could meet on a port.
  return sandbox.name === "none" ? 1 : Math.min(3, availableParallelism());
}

/** Whether the tests leave a second core free: two suites take no longer side by side than one of them. */
export function runsInOneProcess({ parts }: TestPlan): boolean {
  return parts.every(
    ({ runner, test }) =>
      test === null ||
      (/^(pytest|unittest|mocha|jasmine)$/.test(runner ?? "") && !/ (-n|-j|--numproc|--parallel)/.test(test)),
  );
}

/** Runs at most `count` of the given pieces of work at once; the others wait their turn. */
export function limit(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= count) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      // The place goes to the next in line, so that nobody slips in between.
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
