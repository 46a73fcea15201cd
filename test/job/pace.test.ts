import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { ownPace } from "../../src/github/own-pace.ts";
import { openPaces, type Pace, type Turn } from "../../src/job/pace.ts";
import { openStore, type Store } from "../../src/job/store.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { patience, until } from "../helpers/until.ts";
import { postgresPrograms, startPostgres, type TestPostgres } from "./postgres.ts";
import { pglite, remove } from "./stores.ts";

jest.setTimeout(patience);
const programs = postgresPrograms();
const places = ["one process", "PGlite", ...(programs === null ? [] : ["PostgreSQL"])];

describe.each(places)("with %s", (place) => {
  const folders: string[] = [];
  const stores: Store[] = [];
  let server: TestPostgres | null = null;
  let installations = 0;

  beforeAll(async () => {
    if (place === "PostgreSQL" && programs !== null) server = await startPostgres(programs);
    // Two processes, as far as the database can tell; PGlite has one alone.
    for (let i = 0; place !== "one process" && i < (server === null ? 1 : 2); i++) {
      folders.push(await dataFolder());
      const elsewhere = server === null ? {} : { databaseUrl: server.url };
      stores.push(await openStore({ ...pglite(folders[i] ?? ""), ...elsewhere }));
    }
  });
  afterAll(async () => {
    for (const store of stores) await store.close();
    await server?.stop();
    folders.forEach(remove);
  });

  /** One pace, as two see it who speak for the same installation. */
  function two(): [Pace, Pace] {
    const installation = ++installations;
    const [one, other = one] = stores.map(({ session }) => openPaces(session)(installation));
    const own = ownPace();
    return [one ?? own, other ?? own];
  }
  async function granted(pace: Pace, write: boolean): Promise<Turn & { go: true }> {
    let turn = await pace.ask(write);
    await until("it may go", async () => {
      if (!turn.go) turn = await pace.ask(write);
      return turn.go;
    });
    if (!turn.go) throw new Error("It may not.");
    return turn;
  }

  test("a write waits for the one before it, and a second more; reads wait for neither", async () => {
    const [one, other] = two();
    const first = await granted(one, true);
    expect(await other.ask(true)).toMatchObject({ go: false, limited: false });
    expect(await one.ask(true)).toMatchObject({ go: false, limited: false });
    expect(await other.ask(false)).toMatchObject({ go: true });
    const before = performance.now();
    await first.done(true);
    const second = await granted(other, true);
    expect(performance.now() - before).toBeGreaterThanOrEqual(1000);
    await second.done(true);
    await (await granted(one, true)).done(true);
  });

  test("of many that ask at once one has the turn", async () => {
    const [one, other] = two();
    const turns = await Promise.all([one, other, one, other, one].map((pace) => pace.ask(true)));
    const going = turns.filter(({ go }) => go);
    expect(going).toHaveLength(1);
    for (const turn of going) if (turn.go) await turn.done(true);
  });

  test("nothing is asked before the told time, then one asks first, and the others once it is answered", async () => {
    const [one, other] = two();
    const before = performance.now();
    await one.told(2);
    // The longer of two counts.
    await other.told(1);
    const first = await granted(other, false);
    expect(performance.now() - before).toBeGreaterThanOrEqual(1900);
    expect(await one.ask(false)).toMatchObject({ go: false, limited: false });
    await first.done(false);
    const second = await granted(one, false);
    expect(await other.ask(false)).toMatchObject({ go: false });
    await second.done(true);
    for (const pace of [one, other, one]) expect(await pace.ask(false)).toMatchObject({ go: true });
  });

  test("who asks first may be told the same again, and all hear of it", async () => {
    const [one, other] = two();
    await one.told(1);
    const first = await granted(other, false);
    // For longer than any machine is busy with what follows.
    await other.told(600);
    await one.told(1);
    await first.done(false);
    for (const pace of [one, other]) {
      expect(await pace.ask(false)).toMatchObject({ go: false, limited: true });
      expect(await pace.ask(true)).toMatchObject({ go: false, limited: true });
    }
  });

  test("another installation waits for none of it", async () => {
    const [one] = two();
    const [elsewhere] = two();
    const first = await granted(one, true);
    await one.told(60);
    await (await granted(elsewhere, true)).done(true);
    await first.done(true);
  });
});

(programs === null ? test.skip : test)("a session that is cut off in mid-write leaves its turn", async () => {
  const server = await startPostgres(programs ?? "");
  const errors: Error[] = [];
  const folders = [await dataFolder(), await dataFolder()];
  const open = (at: number) =>
    openStore({
      ...{ dataDir: folders[at] ?? "", databaseUrl: server.url },
      onError: (error) => errors.push(error),
    });
  const [one, other] = [await open(0), await open(1)];
  try {
    const [pace, next] = [one, other].map(({ session }) => openPaces(session)(1)) as [Pace, Pace];
    const turn = await pace.ask(true);
    if (!turn.go) throw new Error("It may not.");
    expect(await next.ask(true)).toMatchObject({ go: false });
    const [session] = await one.session<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    await other.sql("SELECT pg_terminate_backend($1)", [session?.pid]);
    await until("the next one may go", async () => (await next.ask(true)).go);
    // Who was cut off is none the worse, and asks again in a session that is new.
    await turn.done(true);
    expect(await pace.ask(true)).toMatchObject({ go: false, limited: false });
    expect(errors.map(String).join()).toContain("terminating connection");
  } finally {
    await Promise.all([one.close(), other.close()]);
    await server.stop();
    folders.forEach(remove);
  }
});
