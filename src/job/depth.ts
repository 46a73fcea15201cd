import { all } from "./queues.ts";
import type { Store } from "./store.ts";

const states = ["created", "deferred", "retry", "active"] as const;

/** The jobs of a queue that are not over, in pg-boss's words for their states, and `deferred`: created for later. */
export interface Depth {
  readonly queue: string;
  readonly jobs: Readonly<Record<(typeof states)[number], number>>;
  /** Seconds since the oldest of them that is due was queued, or became due; 0 if there is none. */
  readonly oldest: number;
}

/** How much each queue holds, by one question to the database. */
export async function depths({ boss }: Pick<Store, "boss">): Promise<Depth[]> {
  const { rows } = await boss.getDb().executeSql(
    `SELECT name, CASE WHEN state = 'created' AND start_after > now() THEN 'deferred' ELSE state::text END AS state,
       count(*)::int AS jobs,
       extract(epoch FROM now() - min(CASE state WHEN 'created' THEN start_after ELSE created_on END))::float AS oldest
     FROM pgboss.job WHERE name = ANY($1::text[]) AND state::text = ANY($2::text[]) GROUP BY 1, 2`,
    [all, states],
  );
  return all.map((queue) => {
    const own = rows.filter(({ name }) => name === queue);
    const jobs = states.map((state) => [state, Number(own.find((row) => row.state === state)?.jobs ?? 0)]);
    return {
      queue,
      jobs: Object.fromEntries(jobs) as Depth["jobs"],
      oldest: Math.max(0, ...own.map(({ oldest }) => Number(oldest))),
    };
  });
}
