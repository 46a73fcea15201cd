import type { Finding } from "../types.ts";
import type { GateInput } from "./gate.ts";
import { hunksBetween, type Line } from "./hunks.ts";

const files =
  /(^|\/)((jest|vitest|vite|karma)[\w.-]*\.[cm]?[jt]s(on)?|package\.json|\.(nyc|c8)rc(\.\w+)?|pyproject\.toml|setup\.cfg|tox\.ini|pytest\.ini|\.coveragerc|Makefile|pom\.xml|build\.gradle(\.kts)?|\.?codecov\.ya?ml|tarpaulin\.toml)$|^\.github\/workflows\//;

const threshold =
  /\b(branches|functions|lines|statements|fail[_-]under|cov-fail-under|check-coverage|minimum|fail-under-lines|target|threshold)\b["']?\s*(?:[:=>]|\s)\s*["']?(-?\d+(?:\.\d+)?)/;

/** Limits of coverage that a change lowers or drops. */
export async function coverageThresholds({ base, head, changes }: GateInput): Promise<Finding[]> {
  const settings = changes.filter(
    ({ path, status, binary }) => status === "modified" && !binary && files.test(path),
  );
  const findings = await Promise.all(
    settings.map(async ({ path }) => {
      const [before, after] = [(await base.read(path)) ?? "", (await head.read(path)) ?? ""];
      if (!/cov|threshold|nyc|c8|tarpaulin|jacoco/i.test(before)) return [];
      return hunksBetween(before, after).flatMap(({ at, removed, added }) => {
        const now = new Map(added.flatMap(limitIn).map(({ key, value }) => [key, value]));
        return removed.flatMap(limitIn).flatMap(({ key, value }): Finding[] => {
          const next = now.get(key);
          if (next !== undefined && next >= value) return [];
          const reason = `The limit of coverage "${key}" was ${value} and is ${next ?? "gone"}.`;
          const line = Math.min(Math.max(at, 1), after.split("\n").length);
          return [{ gate: "coverage-lowered", weight: "remark", file: path, line, reason }];
        });
      });
    }),
  );
  return findings.flat();
}

function limitIn({ text }: Line): { key: string; value: number }[] {
  const [, key, value] = threshold.exec(text.slice(0, 2_000)) ?? [];
  return key === undefined ? [] : [{ key, value: Number(value) }];
}
