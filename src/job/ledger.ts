import type { Purses } from "../config/types.ts";
import { Problem } from "../log/problem.ts";
import type { Job } from "./job.ts";
import type { Sql } from "./migrate.ts";

export type Purse = keyof Purses;

export interface Reserved {
  /** US dollars for this run: as many as it wants, or what the limits leave. */
  readonly usd: number;
  /** The limit because of which it is less than wanted. */
  readonly by: Purse | null;
  /** Limits of which four fifths were gone before this run. */
  readonly low: readonly { readonly purse: Purse; readonly used: number; readonly of: number }[];
}

/** How a run ended. */
export interface RunEnd {
  readonly outcome: string;
  readonly verdict: string | null;
  readonly pullRequest: number | null;
  /** US dollars; null where the model has no known price. */
  readonly usd: number | null;
}

/** What the runs of an issue cost that led to one pull request. */
export interface Account {
  readonly runs: number;
  readonly usd: number;
}

/** What the runs of one repository cost in one month of UTC. */
export interface Costs {
  readonly repository: string;
  /** `2026-11` */
  readonly month: string;
  readonly runs: number;
  /** Spent, or set aside for runs that are at work. */
  readonly usd: number;
  /** Runs whose model has no known price: they are not in `usd`. */
  readonly unpriced: number;
  /** Each in the month of its first run. */
  readonly pullRequests: number;
  readonly merged: number;
}

/** US dollars of so many runs. */
export interface Likely {
  readonly runs: number;
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

/** The money of all runs on one database, whoever works on them. */
export interface Ledger {
  readonly purses: Purses;
  /**
   * Sets aside what a run may spend, before its first call of the model; again, for a run that goes on, the same. What one
   * had that begins anew counts beside it. `usd` null: the model has no known price. Throws `purse-empty` where less than a useful share is left, `purse-unpriced`.
   */
  reserve(run: RunName, usd: number | null, past?: Past): Promise<Reserved>;
  /** Whether the run was settled or abandoned: a worker that died right after it did not tell the queue. */
  hasEnded(run: string): Promise<boolean>;
  /** Gives back what the run did not use. */
  settle(run: string, end: RunEnd): Promise<void>;
  /** The run is tried again: what is set aside stays so. `usd` null: this attempt came to no spending of its own. */
  pause(run: string, usd: number | null): Promise<void>;
  /**
   * The run is not tried again: what it is known to have spent counts, or all that was set aside. Returns that, in US
   * dollars; null: it had begun to spend nothing, or its model has no known price.
   */
  abandon(run: string): Promise<number | null>;
  /** A pull request was closed, told once or more often, in whatever order. Null where it is none of ours. */
  closed(pullRequest: Closed): Promise<Account | null>;
  /** What runs of this repository cost that led to a draft; null: there was none with a known price. */
  likely(job: Pick<Job, "repository" | "repositoryId">): Promise<Likely | null>;
  /** The newest month first. */
  costs(): Promise<readonly Costs[]>;
}

export interface RunName {
  readonly run: string;
  readonly job: Pick<Job, "repository" | "repositoryId" | "installationId">;
  readonly issue: number;
  readonly model: string;
}

/**
 * What is known here of a run that may have begun before: it goes on, with all that it spent; or it begins, and had spent
 * nothing where it began then. By default it begins, and what it had spent is lost from sight.
 */
export type Past = "goes-on" | { readonly unspentSince: string | null };

export interface Closed extends Pick<Job, "repository" | "repositoryId"> {
  readonly number: number;
  /** The issue whose branch it is from, by that branch's name. */
  readonly issue: number | null;
  readonly merged: boolean;
}

/** Billionths of a dollar from which a run is worth beginning, where its own limit is not lower. */
const leastUseful = 1e8;
/** The part of a limit from which it is said to be low. */
const low = 0.8;

export function openLedger(sql: Sql, purses: Purses): Ledger {
  return {
    purses,
    async abandon(run) {
      await sql(
        `UPDATE firstdraft.runs SET spent = coalesce(so_far, reserved), outcome = 'given-up',
           ended_at = clock_timestamp() WHERE run = $1 AND ended_at IS NULL`,
        [run],
      );
      const [row] = await sql<{ spent: number | string | null }>(
        "SELECT spent FROM firstdraft.runs WHERE run = $1",
        [run],
      );
      return row === undefined || row.spent === null ? null : usdOf(row.spent);
    },
    async reserve({ run, job, issue, model }, usd, past = { unspentSince: null }) {
      if (past !== "goes-on") {
        // Journals tell milliseconds.
        await sql(
          `DELETE FROM firstdraft.runs WHERE run = $1 AND ended_at IS NULL
             AND (so_far = 0 OR date_trunc('milliseconds', began_at) <= $2::timestamptz)`,
          [run, past.unspentSince],
        );
        // In one step, and under another name: half of it would look like the end of the run that now begins.
        await sql(
          `UPDATE firstdraft.runs SET run = run || ' until ' || clock_timestamp(),
             spent = coalesce(spent, so_far, reserved), outcome = coalesce(outcome, 'given-up'),
             ended_at = coalesce(ended_at, clock_timestamp()) WHERE run = $1`,
          [run],
        );
      }
      if (usd === null && Object.keys(purses).length > 0) throw new Problem("purse-unpriced", { model });
      const { owner, repo } = job.repository;
      const caps = [purses.issue, purses.repositoryDay, purses.installationMonth].map(nanoOf);
      const wanted = nanoOf(usd);
      const least = Math.min(wanted ?? 0, leastUseful);
      const [row] = await sql<Record<"granted" | "of_issue" | "of_day" | "of_month", string | number | null>>(
        "SELECT * FROM firstdraft.reserve($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        [
          ...[run, placeOf(job), `${owner}/${repo}`, issue, job.installationId ?? null, model],
          ...[wanted, least, ...caps],
        ],
      );
      if (row === undefined) throw new Error("The database did not answer a reservation.");
      const used = { issue: row.of_issue, repositoryDay: row.of_day, installationMonth: row.of_month };
      const counted = (Object.keys(used) as Purse[]).flatMap((purse) => {
        const of = purses[purse];
        return of === undefined ? [] : [{ purse, used: usdOf(used[purse]), of }];
      });
      if (wanted === null) return { usd: 0, by: null, low: [] };
      const granted = Number(row.granted ?? 0);
      const narrowest = counted.toSorted((a, b) => a.of - a.used - (b.of - b.used))[0];
      if (granted < least && narrowest !== undefined) throw emptyPurse(narrowest);
      const by = granted < wanted ? (narrowest?.purse ?? null) : null;
      return { usd: granted / 1e9, by, low: counted.filter(({ used, of }) => used >= low * of) };
    },
    async hasEnded(run) {
      const rows = await sql("SELECT 1 FROM firstdraft.runs WHERE run = $1 AND ended_at IS NOT NULL", [run]);
      return rows.length > 0;
    },
    async settle(run, { outcome, verdict, pullRequest, usd }) {
      await sql(
        `UPDATE firstdraft.runs SET spent = $2, outcome = $3, verdict = $4,
           pull_request = coalesce($5::int, pull_request),
           closed_at = CASE WHEN $5::int <> pull_request THEN NULL ELSE closed_at END,
           merged = CASE WHEN $5::int <> pull_request THEN NULL ELSE merged END,
           ended_at = clock_timestamp() WHERE run = $1`,
        [run, nanoOf(usd), outcome, verdict, pullRequest],
      );
    },
    async pause(run, usd) {
      await sql("UPDATE firstdraft.runs SET so_far = coalesce($2::bigint, so_far) WHERE run = $1", [
        ...[run, nanoOf(usd)],
      ]);
    },
    async closed({ number, issue, merged, ...job }) {
      // A run notes its pull request at its end, which may come after this.
      const [row] = await sql<{ runs: string | number; nano: string | number }>(
        `WITH own AS (
           UPDATE firstdraft.runs SET closed_at = clock_timestamp(), pull_request = $2, merged = merged IS TRUE OR $3
             WHERE place = $1 AND (pull_request = $2 OR pull_request IS NULL AND ended_at IS NULL AND issue = $4::bigint)
             RETURNING issue
         )
         SELECT count(*) AS runs, coalesce(sum(coalesce(spent, reserved)), 0) AS nano FROM firstdraft.runs
           WHERE place = $1 AND issue IN (SELECT issue FROM own)`,
        [placeOf(job), number, merged, issue],
      );
      const runs = Number(row?.runs ?? 0);
      return runs === 0 ? null : { runs, usd: usdOf(row?.nano ?? 0) };
    },
    async likely(job) {
      const [row] = await sql<Record<"runs" | "least" | "median" | "most", string | number | null>>(
        `SELECT count(*) AS runs, min(spent) AS least, max(spent) AS most,
           percentile_disc(0.5) WITHIN GROUP (ORDER BY spent) AS median
         FROM firstdraft.runs WHERE place = $1 AND outcome = 'drafted' AND spent IS NOT NULL`,
        [placeOf(job)],
      );
      const runs = Number(row?.runs ?? 0);
      if (row === undefined || runs === 0) return null;
      return { runs, least: usdOf(row.least), median: usdOf(row.median), most: usdOf(row.most) };
    },
    async costs() {
      type Numbers = Record<"runs" | "nano" | "unpriced" | "pulls" | "merged", string | number>;
      const rows = await sql<Numbers & { repository: string; month: string }>(
        `SELECT max(repository) AS repository, to_char(began_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month,
           count(*) AS runs, coalesce(sum(coalesce(spent, reserved)), 0) AS nano,
           count(*) FILTER (WHERE spent IS NULL AND reserved IS NULL) AS unpriced,
           count(*) FILTER (WHERE is_first) AS pulls, count(*) FILTER (WHERE is_first AND is_merged) AS merged
         FROM (SELECT *, bool_or(merged) OVER of AS is_merged,
             pull_request IS NOT NULL AND row_number() OVER (of ORDER BY began_at) = 1 AS is_first
           FROM firstdraft.runs WINDOW of AS (PARTITION BY place, pull_request)) AS known
         GROUP BY place, month ORDER BY month DESC, repository`,
      );
      return rows.map(({ repository, month, runs, nano, unpriced, pulls, merged }) => ({
        ...{ repository, month, runs: Number(runs), usd: usdOf(nano), unpriced: Number(unpriced) },
        ...{ pullRequests: Number(pulls), merged: Number(merged) },
      }));
    },
  };
}

const placeOf = ({ repository, repositoryId }: Pick<Job, "repository" | "repositoryId">) =>
  repositoryId === undefined ? `${repository.owner}/${repository.repo}`.toLowerCase() : String(repositoryId);

const nanoOf = (usd: number | null | undefined) =>
  usd === null || usd === undefined ? null : Math.round(usd * 1e9);

const usdOf = (nano: string | number | null) => Number(nano ?? 0) / 1e9;

function emptyPurse({ purse, used, of }: { purse: Purse; used: number; of: number }): Problem {
  return new Problem(`purse-empty-${purse}`, { used: used.toFixed(2), of: of.toFixed(2) });
}
