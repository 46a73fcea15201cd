import { expect, test } from "@jest/globals";
import { isMet, median, notMeasured, quantile, row } from "../../scripts/bench/row.ts";
import { table } from "../../scripts/bench/table.ts";

test("a median and a quantile lie between the values where they fall between two", () => {
  expect(median([9, 1, 2])).toBe(2);
  expect(median([1, 2, 3, 10])).toBe(2.5);
  expect(quantile([0, 10], 0.99)).toBeCloseTo(9.9);
  expect(() => median([])).toThrow();
});

test("an aim that is missed says so, and what was not measured meets none", () => {
  const missed = row("slow", [12, 10, 11], "ms", { sign: "≤", value: 7 });
  const met = row("share", [96], "%", { sign: "≥", value: 95 });
  const absent = notMeasured("gone", "MB", { sign: "<", value: 3 }, "there is no build");
  expect([missed, met, absent].map(isMet)).toEqual([false, true, null]);
  expect(isMet(row("at the limit", [7], "ms", { sign: "<", value: 7 }))).toBe(false);
  expect(table([missed, met, absent]).split("\n").slice(2)).toEqual([
    "| slow | 11 ms (median of 3, 10 ms to 12 ms) | ≤ 7 ms | **no** |",
    "| share | 96% (measured once) | ≥ 95% | yes |",
    "| gone | not measured: there is no build | < 3 MB | ? |",
  ]);
});
