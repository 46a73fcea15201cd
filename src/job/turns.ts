import type { PgBoss } from "pg-boss";
import type { Job, RepositoryName } from "./job.ts";
import { runs } from "./queues.ts";
import { table } from "./rows.ts";

// Runs are taken by priority, then by age. Of what a repository has waiting one is in line, the others behind all that are,
// until that one starts. Priority 0 is the first round, -1 the second: an installation's are in one round each, and who
// comes new is in the round that is under way. https://doi.org/10.1109/90.649569 (start-time fair queueing)

/** Behind all lines: the least that a priority can be. It is still taken where nothing else can be. */
const behind = -(2 ** 31);

/**
 * The line in which a run of this issue waits: one run of it at a time. Where a repository may have several, its issues are
 * dealt over so many lines by their number; an issue and its pull request are in one.
 */
export function lineOf({ owner, repo }: RepositoryName, issue: number, runsPerRepository: number): string {
  const repository = `${owner}/${repo}`.toLowerCase();
  return runsPerRepository === 1 ? repository : `${repository} ${issue % runsPerRepository}`;
}

const nextRound = `(
  SELECT -greatest(
    coalesce(max(-priority) FILTER (WHERE started_on IS NOT NULL), 0),
    coalesce(max(1 - priority) FILTER (WHERE data->>'installationId' IS NOT DISTINCT FROM $2), 0))
  FROM ${table} WHERE name = $1 AND priority > ${behind})`;
/** What is to be tried again later holds up nobody. */
const standsInLine = `EXISTS (
  SELECT FROM ${table} WHERE name = $1 AND singleton_key = $3 AND state < 'active' AND priority > ${behind}
    AND start_after <= now())`;

const valuesOf = ({ installationId }: Job, line: string) => [
  runs,
  installationId === undefined ? null : String(installationId),
  line,
];

/** The priority of a new run. Where two ask at once, both may stand in line, until one of them steps down. */
export async function placeOf(boss: PgBoss, job: Job, line: string): Promise<number> {
  const { rows } = await boss
    .getDb()
    .executeSql(
      `SELECT CASE WHEN ${standsInLine} THEN ${behind} ELSE ${nextRound} END AS place`,
      valuesOf(job, line),
    );
  return Number(rows[0]?.place);
}

/** Lets the oldest that waits step up, if none stands in line. Asked when one starts, and when one came too late for that. */
export async function stepUp(boss: PgBoss, job: Job, line: string): Promise<void> {
  await boss.getDb().executeSql(
    `UPDATE ${table} SET priority = ${nextRound}
     WHERE name = $1 AND NOT ${standsInLine} AND id = (
       SELECT id FROM ${table} WHERE name = $1 AND singleton_key = $3 AND state < 'active' AND priority = ${behind}
       ORDER BY created_on LIMIT 1)`,
    valuesOf(job, line),
  );
}

/** Of those that came at the same moment, and so stand in line beside each other, leaves the oldest there. Asked by each. */
export async function stepDown(boss: PgBoss, line: string): Promise<void> {
  const standing = `name = $1 AND singleton_key = $2 AND state < 'active' AND priority > ${behind} AND start_after <= now()`;
  await boss.getDb().executeSql(
    `UPDATE ${table} SET priority = ${behind}
     WHERE ${standing} AND state = 'created'
       AND id <> (SELECT id FROM ${table} WHERE ${standing} ORDER BY created_on, id LIMIT 1)`,
    [runs, line],
  );
}
