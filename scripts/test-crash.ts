import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Counts } from "../test/crash/count.ts";

// The real processes, killed at every stage, at random times, and several beside each other: what it cost, counted from
// outside. `--seed` repeats the random times of a run that failed.

const { values } = parseArgs({ options: { seed: { type: "string" } } });
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
if (!Number.isSafeInteger(seed)) throw new Error("--seed takes a whole number");
console.log(`seed ${seed}`);

/** What is to be shown, in the tests' own words. */
const scenarios = [
  "every stage on PGlite",
  "every stage on PostgreSQL",
  "random times on PGlite",
  "random times on PostgreSQL",
  "several processes on PostgreSQL",
];

const folder = mkdtempSync(join(tmpdir(), "firstdraft-crash-results-"));
const out = join(folder, "results.jsonl");
// One after the other: each keeps the machine busy by itself.
const { status } = spawnSync("npm", ["test", "--", "--runInBand", "test/crash/"], {
  cwd: join(import.meta.dirname, ".."),
  stdio: "inherit",
  env: { ...process.env, FIRSTDRAFT_CRASH_RESULTS: out, FIRSTDRAFT_CRASH_SEED: String(seed) },
});
const results = existsSync(out) ? readFileSync(out, "utf8").trim().split("\n") : [];
rmSync(folder, { recursive: true });

const counted = results.map((line) => JSON.parse(line) as Counts & { readonly scenario: string });
const rows = scenarios.map((scenario) => {
  const counts = counted.find((one) => one.scenario === scenario);
  if (counts === undefined) return `| ${scenario} | did not run | | | | | | |`;
  const { jobs, kills, lost, duplicates, rebilled, rebilledByOne, orphanProcesses, orphanFolders } = counts;
  const turns = `${rebilled} (${rebilledByOne ?? "without a kill"})`;
  const numbers = [jobs, kills, lost.length, duplicates.length, turns];
  return `| ${[scenario, ...numbers, orphanProcesses.length, orphanFolders.length].join(" | ")} |`;
});
const head = [
  ...["scenario", "jobs", "kills", "lost", "duplicates"],
  ...["re-billed turns (most by one kill and job)", "orphan processes", "orphan folders"],
];
console.log(
  ["", `| ${head.join(" | ")} |`, `|${"---|".repeat(head.length)}`, ...rows, "", `seed ${seed}`].join("\n"),
);
process.exit(status === 0 && counted.length === scenarios.length ? 0 : 1);
