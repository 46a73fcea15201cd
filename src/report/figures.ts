import type { Spent } from "../agent/types.ts";
import type { SuiteRun } from "../verify/types.ts";

/** Dollars, to the cent from ten cents up, finer below; says so where the price is unknown. */
export function money(usd: number | null): string {
  if (usd === null) return "price unknown";
  return `$${usd.toFixed(usd > 0 && usd < 0.1 ? 4 : 2)}`;
}

/** What a run used, in one line. */
export function spentLine(spent: Spent): string {
  const tokens = spent.inputTokens + spent.cacheReadTokens + spent.cacheWriteTokens;
  const parts = [
    money(spent.usd),
    `${count(spent.turns, "model turn")}`,
    `${compact(tokens)} tokens in, ${compact(spent.outputTokens)} out`,
    duration(spent.seconds),
  ];
  return parts.join(" · ");
}

/** `12 passed, 1 failed, 2 skipped`, or a dash where the suite was not run. */
export function suiteLine(run: SuiteRun | undefined): string {
  if (run === undefined) return "–";
  const tally = (state: string) => run.tests.filter((test) => test.state === state).length;
  const skipped = tally("skipped");
  const line = `${tally("passed")} passed, ${tally("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
  return run.problem === undefined ? line : `${line} (${run.problem})`;
}

/** `41 s` or `3 min 5 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** `1 test`, `2 tests`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

/** Each item in words, a few hundred at most, and then how many more there are: nobody reads on, and words take time. */
export function upTo<T>(
  items: readonly T[],
  word: (item: T) => string,
  more: (left: number) => string,
): string[] {
  const left = items.length - most;
  return [...items.slice(0, most).map(word), ...(left > 0 ? [more(left)] : [])];
}

const most = 300;

function compact(n: number): string {
  return n < 10_000 ? String(n) : `${Math.round(n / 1000)}k`;
}
