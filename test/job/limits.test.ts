import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Ledger, openLedger, type RunName } from "../../src/job/ledger.ts";
import { openStore, type Store } from "../../src/job/store.ts";
import { onEachStore } from "./on-each-store.ts";

const ofDatabase = (change: string) =>
  `DO $do$ BEGIN EXECUTE format('ALTER DATABASE %I ${change}', current_database()); END $do$`;

onEachStore((options) => {
  let store: Store;
  let next = 1;
  /** Half a day ahead of UTC and more: its day, and often its month, is another one. */
  const zone = "Pacific/Kiritimati";
  beforeAll(async () => {
    store = await openStore(options());
    // PGlite has one session, and sets its zone itself when that begins.
    if (store.exclusive) await store.sql(`SET TIME ZONE '${zone}'`);
    else {
      await store.sql(ofDatabase(`SET timezone TO ''${zone}''`));
      await store.close();
      store = await openStore(options());
    }
    expect(await store.sql("SELECT current_setting('timezone') AS zone")).toEqual([{ zone }]);
  });
  afterAll(async () => {
    await store.sql(ofDatabase("RESET timezone"));
    await store.close();
  });

  const run = (at: number): RunName => {
    const job = { repository: { owner: "acme", repo: `r${at}` }, repositoryId: at, installationId: at };
    return { run: `limit-${next++}`, job, issue: 1, model: "m" };
  };
  const spend = async (ledger: Ledger, of: RunName, usd: number) => {
    await ledger.reserve(of, usd);
    await ledger.settle(of.run, { outcome: "drafted", verdict: "verified", pullRequest: 7, usd });
  };

  test("a limit is taken up to its last cent, and a run begins with exactly the least that is of use", async () => {
    const ledger = openLedger(store.sql, { issue: 0.3 });
    await spend(ledger, run(1), 0.2);
    expect(await ledger.reserve(run(1), 2)).toMatchObject({ usd: 0.1, by: "issue" });
    expect(await ledger.reserve(run(1), 2).catch(({ code }) => code)).toBe("purse-empty-issue");
    await spend(ledger, run(2), 0.200000001);
    expect(await ledger.reserve(run(2), 2).catch(({ code }) => code)).toBe("purse-empty-issue");
  });

  test("a run whose own limit is what is left has it whole, however many digits it has", async () => {
    const ledger = openLedger(store.sql, { issue: 1 });
    for (const usd of [1 / 30, 1 / 3])
      expect(await ledger.reserve(run(3), usd)).toMatchObject({ by: null, low: [] });
  });

  test.each(["day", "month"] as const)(
    "a %s begins at midnight of UTC, whatever the database's own time zone is",
    async (unit) => {
      const at = unit === "day" ? 4 : 5;
      const ledger = openLedger(store.sql, unit === "day" ? { repositoryDay: 1 } : { installationMonth: 1 });
      const first = run(at);
      await spend(ledger, first, 0.75);
      const move = (by: string) =>
        store.sql(
          `UPDATE firstdraft.runs SET began_at = date_trunc('${unit}', clock_timestamp(), 'UTC') - interval '${by}'
           WHERE run = $1`,
          [first.run],
        );
      await move("0");
      const within = run(at);
      expect(await ledger.reserve(within, 1)).toMatchObject({ usd: 0.25 });
      await ledger.settle(within.run, { outcome: "failed", verdict: null, pullRequest: null, usd: 0 });
      await move("1 microsecond");
      expect(await ledger.reserve(run(at), 1)).toMatchObject({ usd: 1, by: null });
      const [{ month } = { month: "" }] = await store.sql<{ month: string }>(
        "SELECT to_char(began_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month FROM firstdraft.runs WHERE run = $1",
        [first.run],
      );
      const months = (await ledger.costs()).filter(({ repository }) => repository === `acme/r${at}`);
      expect(months.map((row) => row.month)).toContain(month);
    },
  );
});
