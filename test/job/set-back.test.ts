import { expect, test } from "@jest/globals";
import { openPaces } from "../../src/job/pace.ts";
import { openQueue } from "../../src/job/queue.ts";
import { runs } from "../../src/job/queues.ts";
import { followSetBack } from "../../src/job/set-back.ts";
import { openStore, type Store } from "../../src/job/store.ts";
import { onEachStore } from "./on-each-store.ts";
import { job } from "./triggers.ts";

/** What was written down before the database's clock was set back: all of it stands two hours later than it was. */
async function setBack({ sql }: Store): Promise<void> {
  const later = (names: readonly string[]) =>
    names.map((name) => `${name} = ${name} + interval '2 hours'`).join(", ");
  await sql(`UPDATE pgboss.job SET ${later(["created_on", "started_on", "start_after", "heartbeat_on"])}`);
  await sql(`UPDATE firstdraft.paces SET ${later(["next_write", "limited_until", "told_on"])}`);
}

interface Row {
  readonly key: string;
  /** Seconds from now. */
  readonly waits: number;
  readonly beat: number | null;
}

const rows = ({ sql }: Store) =>
  sql<Row>(`SELECT data->>'key' AS key, round(extract(epoch FROM start_after - now()))::int AS waits,
    round(extract(epoch FROM heartbeat_on - now()))::int AS beat
    FROM pgboss.job WHERE name = '${runs}' AND state <= 'active' ORDER BY created_on`);

onEachStore((options) => {
  test("jobs wait as long as before, in the order in which they came, and whoever is alive is not dead", async () => {
    const store = await openStore(options());
    const queue = await openQueue(store);
    const { boss, sql } = store;
    try {
      await sql("DELETE FROM pgboss.job");
      for (const [number, startAfter] of [1, 2, 3].map((number) => [number, number * 100] as const))
        await boss.send(runs, job(number), { startAfter, heartbeatSeconds: 20 });
      await sql(
        `UPDATE pgboss.job SET created_on = now() - interval '5 minutes' WHERE data->>'key' LIKE '%#3'`,
      );
      await sql(
        `UPDATE pgboss.job SET state = 'active', started_on = now(), heartbeat_on = now() WHERE data->>'key' LIKE '%#1'`,
      );
      await setBack(store);
      await Promise.all([followSetBack(sql), followSetBack(sql)]);
      const near = (seconds: number) => expect.closeTo(seconds, -1);
      const expected = [
        { key: "acme/sums#3", waits: near(300), beat: null },
        { key: "acme/sums#1", waits: near(100), beat: near(0) },
        { key: "acme/sums#2", waits: near(200), beat: null },
      ];
      expect(await rows(store)).toEqual(expected);
      await followSetBack(sql);
      expect(await rows(store)).toEqual(expected);
    } finally {
      await queue.close(0);
    }
  });

  test("no write waits for one of then, and a limit of then is asked about anew", async () => {
    const store = await openStore(options());
    try {
      const pace = openPaces(store.session)(7);
      const ask = async (write: boolean) => {
        const turn = await pace.ask(write);
        if (turn.go) await turn.done(true);
        return turn;
      };
      expect(await ask(true)).toMatchObject({ go: true });
      await setBack(store);
      expect(await ask(true)).toMatchObject({ go: true });
      await pace.told(600);
      expect(await ask(false)).toMatchObject({ go: false, limited: true });
      await setBack(store);
      const first = await pace.ask(false);
      expect(first).toMatchObject({ go: true });
      // One asks, the others wait for what it is told.
      expect(await pace.ask(false)).toMatchObject({ go: false, limited: false });
      await pace.told(60);
      if (first.go) await first.done(false);
      const turn = await ask(false);
      expect(turn).toMatchObject({ go: false, limited: true });
      expect(turn.go ? 0 : turn.ms).toBeLessThanOrEqual(60_000);
      await setBack(store);
      expect([await ask(false), await ask(false)]).toMatchObject([{ go: true }, { go: true }]);
    } finally {
      await store.close();
    }
  });
});
