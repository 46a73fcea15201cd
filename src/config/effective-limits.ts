import type { RepositoryLimits } from "./types.ts";

/** The limits of a run: the repository's where they are lower, the operator's else. */
export function effectiveLimits(
  operator: Required<RepositoryLimits>,
  repository: RepositoryLimits,
): Required<RepositoryLimits> {
  const lower = (name: keyof RepositoryLimits) =>
    Math.min(operator[name], repository[name] ?? operator[name]);
  return {
    usd: lower("usd"),
    turns: lower("turns"),
    minutes: lower("minutes"),
    rounds: lower("rounds"),
    testMinutes: lower("testMinutes"),
    setupMinutes: lower("setupMinutes"),
    hunkMinutes: lower("hunkMinutes"),
    lintMinutes: lower("lintMinutes"),
    lines: lower("lines"),
    attempts: lower("attempts"),
    ciRounds: lower("ciRounds"),
    ciMinutes: lower("ciMinutes"),
  };
}
