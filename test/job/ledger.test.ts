import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Ledger, openLedger, type RunName } from "../../src/job/ledger.ts";
import { migrate } from "../../src/job/migrate.ts";
import { openStore, type Store } from "../../src/job/store.ts";
import { costsTable } from "../../src/report/costs.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { postgresPrograms, startPostgres, type TestPostgres } from "./postgres.ts";
import { pglite, remove } from "./stores.ts";

const programs = postgresPrograms();
const places = [{ name: "PGlite" }, ...(programs === null ? [] : [{ name: "PostgreSQL" }])];

let next = 0;
function aRun(over: { repositoryId?: number; installationId?: number; issue?: number } = {}): RunName {
  const { repositoryId = 1000 + next, installationId = 1000 + next, issue = 1 } = over;
  const repository = { owner: "acme", repo: `r${repositoryId}` };
  return { run: `run-${next++}`, job: { repository, repositoryId, installationId }, issue, model: "m" };
}
const ended = (usd: number | null) => ({ outcome: "drafted", verdict: "verified", pullRequest: 7, usd });

describe.each(places)("on $name", ({ name }) => {
  const folders: string[] = [];
  const stores: Store[] = [];
  let server: TestPostgres | null = null;

  /** A process of its own, as far as the database can tell; PGlite has one alone. */
  async function store(): Promise<Store> {
    const [first] = stores;
    if (first !== undefined && server === null) return first;
    const dir = await dataFolder();
    folders.push(dir);
    const opened = await openStore({
      ...pglite(dir),
      ...(server === null ? {} : { databaseUrl: server.url }),
    });
    stores.push(opened);
    return opened;
  }
  const ledger = async (purses: Ledger["purses"] = {}) => openLedger((await store()).sql, purses);

  beforeAll(async () => {
    if (name === "PostgreSQL" && programs !== null) server = await startPostgres(programs);
  });
  afterAll(async () => {
    for (const each of stores) await each.close();
    await server?.stop();
    folders.forEach(remove);
  });

  test("the tables are made once, by however many start at the same time, and not by an older version", async () => {
    const [one, other] = [await store(), await store()];
    await Promise.all([migrate(one.sql), migrate(other.sql)]);
    await one.sql("INSERT INTO firstdraft.migrations (version) VALUES (1000)");
    await expect(migrate(other.sql)).rejects.toMatchObject({ code: "database-newer" });
    await one.sql("DELETE FROM firstdraft.migrations WHERE version = 1000");
    await migrate(one.sql);
  });

  test("many that ask at once never get more than there is, and what is given back is for others", async () => {
    const purses = { repositoryDay: 5 };
    const doors = [await ledger(purses), await ledger(purses), await ledger(purses)];
    const runs = Array.from({ length: 20 }, () => aRun({ repositoryId: 1, installationId: 1 }));
    const answers = await Promise.allSettled(
      runs.map((run, index) => (doors[index % doors.length] as Ledger).reserve(run, 2)),
    );
    const granted = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
    expect(granted.map(({ usd, by }) => [usd, by]).toSorted()).toEqual([
      [1, "repositoryDay"],
      [2, null],
      [2, null],
    ]);
    const refused = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason] : []));
    expect(refused).toHaveLength(17);
    expect(refused[0]).toMatchObject({ code: "purse-empty-repositoryDay" });
    expect(refused[0].what).toContain("$5.00 of its $5.00");

    const [door] = doors as [Ledger];
    for (const [index, answer] of answers.entries())
      if (answer.status === "fulfilled") await door.settle((runs[index] as RunName).run, ended(0.5));
    const later = await door.reserve(aRun({ repositoryId: 1, installationId: 1 }), 2);
    expect(later).toMatchObject({ usd: 2, by: null, low: [] });
    const last = await door.reserve(aRun({ repositoryId: 1, installationId: 1 }), 2);
    expect(last).toMatchObject({ usd: 1.5, by: "repositoryDay" });
    expect(await door.reserve(aRun({ repositoryId: 2, installationId: 1 }), 2)).toMatchObject({ usd: 2 });
  });

  test("of an issue, a day and a month: each counts its own", async () => {
    const { sql } = await store();
    const door = await ledger({ issue: 3, repositoryDay: 4, installationMonth: 5 });
    const of = (issue: number, repositoryId = 11) => aRun({ issue, repositoryId, installationId: 11 });
    const first = of(1);
    expect(await door.reserve(first, 2)).toMatchObject({ usd: 2, by: null });
    expect(await door.reserve(of(1), 2)).toMatchObject({ usd: 1, by: "issue" });
    await expect(door.reserve(of(1), 2)).rejects.toMatchObject({ code: "purse-empty-issue" });
    expect(await door.reserve(of(2), 2)).toMatchObject({ usd: 1, by: "repositoryDay", low: [] });
    expect(await door.reserve(of(1, 12), 2)).toMatchObject({
      ...{ usd: 1, by: "installationMonth" },
      low: [{ purse: "installationMonth", used: 4, of: 5 }],
    });
    await expect(door.reserve(of(1, 13), 2)).rejects.toMatchObject({ code: "purse-empty-installationMonth" });

    // Yesterday's counts for the issue, and for a month that it belongs to.
    await sql(`UPDATE firstdraft.runs SET began_at = date_trunc('day', clock_timestamp() AT TIME ZONE 'UTC')
      AT TIME ZONE 'UTC' - interval '1 second' WHERE run = '${first.run}'`);
    const issueOnly = await ledger({ issue: 3, repositoryDay: 4 });
    expect(await issueOnly.reserve(of(3), 5)).toMatchObject({ usd: 2, by: "repositoryDay" });
    await expect(issueOnly.reserve(of(1), 2)).rejects.toMatchObject({ code: "purse-empty-issue" });
  });

  test("a run that goes on keeps its share, one that is given up counts by what is known of it", async () => {
    const door = await ledger({ issue: 4 });
    const own = { repositoryId: 21, installationId: 21 };
    const run = aRun(own);
    expect(await door.reserve(run, 2)).toMatchObject({ usd: 2 });
    await door.pause(run.run, 0.25);
    const other = aRun(own);
    expect(await door.reserve(other, 3)).toMatchObject({ usd: 2 });
    expect(await door.reserve(run, 2, "goes-on")).toMatchObject({ usd: 2 });
    // Killed since: nothing is known of it.
    await door.abandon(run.run);
    await expect(door.reserve(aRun(own), 1)).rejects.toMatchObject({ code: "purse-empty-issue" });
    await door.pause(other.run, 0.5);
    await door.abandon(other.run);
    expect(await door.reserve(aRun(own), 3)).toMatchObject({ usd: 1.5 });
    // What has its end stays as it ended.
    await door.abandon(other.run);
    expect(await door.reserve(aRun(own), 1).catch(({ code }) => code)).toBe("purse-empty-issue");
  });

  test("a run that begins anew, since what it had recorded is gone, is paid for beside what it may have spent", async () => {
    const door = await ledger({ issue: 3 });
    const own = { repositoryId: 25, installationId: 25 };
    const run = aRun(own);
    await door.reserve(run, 1);
    await door.pause(run.run, 0.25);
    // An attempt that came to no model.
    await door.pause(run.run, null);
    expect(await door.reserve(run, 1)).toMatchObject({ usd: 1 });
    // Killed: 0.25 and all of its 1 count.
    expect(await door.reserve(run, 3)).toMatchObject({ usd: 1.75, by: "issue" });
    expect(await door.reserve(run, 3).catch(({ code }) => code)).toBe("purse-empty-issue");
  });

  test("a run of which it is known that it had spent nothing begins anew for nothing, and by today's settings", async () => {
    const door = await ledger({ issue: 3 });
    const run = aRun({ repositoryId: 26, installationId: 26 });
    await (await ledger()).reserve(run, null);
    const since = async () => {
      await new Promise((resolve) => setTimeout(resolve, 2));
      return { unspentSince: new Date().toISOString() };
    };
    expect(await door.reserve(run, 2, await since())).toMatchObject({ usd: 2, by: null });
    const stale = await since();
    expect(await door.reserve(run, 2, stale)).toMatchObject({ usd: 2, by: null });
    await door.pause(run.run, 0);
    expect(await door.reserve(run, 2)).toMatchObject({ usd: 2, by: null });
    // What another process began since then may have spent.
    expect(await door.reserve(run, 2, stale)).toMatchObject({ usd: 1, by: "issue" });
  });

  test("a run that ended, and is made once more, costs twice", async () => {
    const door = await ledger({ issue: 3 });
    const run = aRun({ repositoryId: 31, installationId: 31 });
    await door.reserve(run, 2);
    await door.settle(run.run, ended(1.5));
    expect(await door.reserve(run, 2)).toMatchObject({ usd: 1.5, by: "issue" });
  });

  test("a model without a price only where no limit of these is set", async () => {
    const run = aRun();
    const door = await ledger({ issue: 3 });
    await expect(door.reserve(run, null)).rejects.toMatchObject({ code: "purse-unpriced" });
    const open = await ledger();
    expect(await open.reserve(run, null)).toEqual({ usd: 0, by: null, low: [] });
    await open.settle(run.run, ended(null));
    const own = (await open.costs()).filter(
      ({ repository }) => repository === `acme/${run.job.repository.repo}`,
    );
    expect(own).toMatchObject([{ runs: 1, usd: 0, unpriced: 1 }]);
    expect(costsTable(own)).toMatch(/ {2}1 +price unknown {2}1 +– +0 +–$/);
    expect(costsTable(own.map((row) => ({ ...row, runs: 2, usd: 0.5 })))).toMatch(
      / {2}2 +\$0\.50 \+ 1 unpriced {2}1 +– +0 +–$/,
    );
  });

  test("a pull request that is closed: what all runs of its issue cost", async () => {
    const door = await ledger();
    const own = { repositoryId: 41, installationId: 41, issue: 3 };
    const [failed, drafted] = [aRun(own), aRun(own)];
    await door.reserve(failed, 2);
    await door.settle(failed.run, { ...ended(0.5), outcome: "unchanged", verdict: null, pullRequest: null });
    await door.reserve(drafted, 2);
    await door.settle(drafted.run, ended(0.75));
    const { repository, repositoryId } = drafted.job;
    const place = { repository, ...(repositoryId === undefined ? {} : { repositoryId }), issue: 3 };
    expect(await door.closed({ ...place, number: 7, merged: true })).toEqual({ runs: 2, usd: 1.25 });
    expect(await door.closed({ ...place, number: 8, merged: true })).toBeNull();
    const costs = (await door.costs()).filter(({ repository: name }) => name === "acme/r41");
    expect(costs).toEqual([
      ...[
        {
          repository: "acme/r41",
          month: expect.stringMatching(/^\d{4}-\d\d$/),
          runs: 2,
          usd: 1.25,
          unpriced: 0,
        },
      ].map((row) => ({ ...row, pullRequests: 1, merged: 1 })),
    ]);
    expect(costsTable(costs).split("\n")).toEqual([
      "month    repository  runs  cost   drafts  each   merged  each",
      `${costs[0]?.month}  acme/r41    2     $1.25  1       $1.25  1       $1.25`,
    ]);
  });
});
