import { Problem } from "../log/problem.ts";
import type { Sql } from "./migrate.ts";

/** Where the lines of one journal go as they are written. */
export interface JournalCopy {
  /** Throws `journal-not-stored`, also where another worker has taken the run over. */
  add(lines: readonly string[]): Promise<void>;
}

/** Copies of the journals of runs without an end: who takes one over, on whatever machine, goes on from there. */
export interface JournalRows {
  /** The lines of the run's last copy; none if there is no copy. */
  read(run: string): Promise<readonly string[]>;
  /** A new copy. With its first lines it takes the place of the one before. */
  begin(run: string): Promise<JournalCopy>;
  remove(run: string): Promise<void>;
}

export function openJournalRows(sql: Sql): JournalRows {
  return {
    async read(run) {
      const rows = await sql<{ n: number; line: string }>(
        `SELECT n, line FROM firstdraft.journal_lines WHERE run = $1 AND copy =
           (SELECT max(copy) FROM firstdraft.journal_lines WHERE run = $1) ORDER BY n`,
        [run],
      );
      // Without its beginning it is what somebody wrote on who did not know that the run had ended.
      return rows[0]?.n === 0 ? rows.map(({ line }) => line) : [];
    },
    async begin(run) {
      const [last] = await sql<{ copy: number | null }>(
        "SELECT max(copy) AS copy FROM firstdraft.journal_lines WHERE run = $1",
        [run],
      );
      const copy = (last?.copy ?? 0) + 1;
      let n = 0;
      return {
        async add(lines) {
          const added = await insert(sql, [run, copy, n, lines]).catch((cause: Error) => {
            throw new Problem("journal-not-stored", { why: cause.message }, { cause });
          });
          if (added < lines.length) throw new Problem("journal-not-stored", { why: "another worker has it" });
          if (n === 0)
            await sql("DELETE FROM firstdraft.journal_lines WHERE run = $1 AND copy < $2", [run, copy]);
          n += lines.length;
        },
      };
    },
    async remove(run) {
      await sql("DELETE FROM firstdraft.journal_lines WHERE run = $1", [run]);
    },
  };
}

/** How many of the lines are there as they are given; a line that another has put in their place stays. */
async function insert(
  sql: Sql,
  values: readonly [string, number, number, readonly string[]],
): Promise<number> {
  const rows = await sql(
    `INSERT INTO firstdraft.journal_lines AS old (run, copy, n, line)
       SELECT $1, $2::int, $3::int + i - 1, line FROM unnest($4::text[]) WITH ORDINALITY AS given (line, i)
       ON CONFLICT (run, copy, n) DO UPDATE SET line = EXCLUDED.line WHERE old.line = EXCLUDED.line
       RETURNING n`,
    values,
  );
  return rows.length;
}
