import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../../src/demo/github/types.ts";
import type { CrashHouse, Turn } from "./house.ts";
import { isDraft } from "./lines.ts";
import type { Life } from "./machine.ts";
import { processesOf } from "./processes.ts";

/** What a scenario came to, counted from outside: by what GitHub shows, the model was asked, and the machine still holds. */
export interface Counts {
  readonly jobs: number;
  readonly kills: number;
  /** Labelled issues without a draft, or whose comment does not say that there is one. */
  readonly lost: readonly string[];
  /** Pull requests, check runs and comments of ours beyond one for an issue. */
  readonly duplicates: readonly string[];
  /** Requests with a history that the model had been asked with before. */
  readonly rebilled: number;
  /** Most of them that one kill led to for one job; Infinity where one was repeated and nobody had been killed. */
  readonly rebilledByOne: number;
  readonly orphanProcesses: readonly string[];
  readonly orphanFolders: readonly string[];
}

export async function countAll(house: CrashHouse): Promise<Counts> {
  const { labelled, lives, turns, folder } = house;
  const shown = await Promise.all(labelled.map((issue) => stateOf(house, issue)));
  const repeats = repeatsOf(turns, lives);
  return {
    jobs: labelled.length,
    kills: lives.filter(({ killed }) => killed !== null).length,
    lost: shown.flatMap(({ lost }) => lost),
    duplicates: shown.flatMap(({ duplicates }) => duplicates),
    rebilled: repeats.reduce((sum, count) => sum + count, 0),
    rebilledByOne: mostOf(repeats),
    orphanProcesses: processesOf(folder).map(({ pid, command }) => `${pid} ${command}`),
    orphanFolders: house.machines.flatMap(leftIn),
  };
}

async function stateOf(house: CrashHouse, issue: string) {
  const [, name = "", number = ""] = /^acme\/(.+)#(\d+)$/.exec(issue) ?? [];
  const repository = house.at(name);
  const comments = await repository.comments(Number(number));
  const pulls = ((await repository.get("/pulls?state=all&per_page=100")) as Json[]).filter(
    ({ head }) => head.ref === `firstdraft/issue-${number}`,
  );
  const checks = await Promise.all(
    pulls.map(({ head }) => repository.get(`/commits/${head.sha}/check-runs`)),
  );
  const there = {
    "pull requests": pulls.length,
    comments: comments.length,
    "check runs": checks.reduce((sum, { check_runs }) => sum + check_runs.length, 0),
  };
  const isShown = pulls.some(({ draft }) => draft) && comments.some((text) => isDraft(text));
  return {
    lost: isShown && there["check runs"] > 0 ? [] : [`${issue}: ${JSON.stringify([there, comments])}`],
    duplicates: Object.entries(there).flatMap(([what, count]) =>
      count > 1 ? [`${issue}: ${count} ${what}`] : [],
    ),
  };
}

/**
 * How often the model was asked the same again: first what no kill explains, then for each killed life and each job at work
 * in it. A repetition is due to the life that had asked the same before, if that one had been killed by then.
 */
export function repeatsOf(turns: readonly Turn[], lives: readonly Life[]): number[] {
  const last = new Map<string, Turn>();
  const repeats = new Map<string, number>([["", 0]]);
  for (const turn of turns) {
    const history = `${turn.issue} ${turn.turn}`;
    const before = last.get(history);
    last.set(history, turn);
    if (before === undefined) continue;
    const killed = lives.find(({ key }) => key === before.key)?.killed ?? Infinity;
    const cause = killed <= turn.at ? `${turn.issue} ${before.key}` : "";
    repeats.set(cause, (repeats.get(cause) ?? 0) + 1);
  }
  return [...repeats.values()];
}

export const mostOf = ([unexplained = 0, ...byKill]: readonly number[]): number =>
  unexplained > 0 ? Infinity : Math.max(0, ...byKill);

/** What runs and sandboxes leave on a machine when they end by themselves: nothing. */
export function leftIn({ dataDir, temporary }: { dataDir: string; temporary: string }): string[] {
  const runs = join(dataDir, "runs");
  const ofRuns = existsSync(runs) ? readdirSync(runs) : [];
  return [
    ...ofRuns.flatMap((run) =>
      ["workspace", "home", "scratch"].map((name) => join(runs, run, name)).filter(existsSync),
    ),
    ...readdirSync(dataDir)
      .filter((name) => name.startsWith("verify-"))
      .map((name) => join(dataDir, name)),
    ...readdirSync(temporary).map((name) => join(temporary, name)),
  ];
}
