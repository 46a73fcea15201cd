import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openJournalRows } from "../../src/job/journal-rows.ts";
import { openStore, type Store } from "../../src/job/store.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { postgresPrograms, startPostgres, type TestPostgres } from "./postgres.ts";
import { pglite, remove } from "./stores.ts";

const programs = postgresPrograms();
const places = ["PGlite", ...(programs === null ? [] : ["PostgreSQL"])];

describe.each(places)("on %s", (name) => {
  let server: TestPostgres | null = null;
  let store: Store;
  let dir = "";

  beforeAll(async () => {
    if (name === "PostgreSQL" && programs !== null) server = await startPostgres(programs);
    dir = await dataFolder();
    store = await openStore({ ...pglite(dir), ...(server === null ? {} : { databaseUrl: server.url }) });
  });
  afterAll(async () => {
    await store.close();
    await server?.stop();
    remove(dir);
  });

  test("what is added is read in its order, whatever is in it; nothing is left of what is removed", async () => {
    const rows = openJournalRows(store.sql);
    expect(await rows.read("a")).toEqual([]);
    const copy = await rows.begin("a");
    const lines = ['{"text":"it\'s \\u0000 {a,b}"}', "", "NULL", '"\\\\"', ...Array(12).fill("x")];
    await copy.add(lines.slice(0, 3));
    await copy.add(lines.slice(3));
    await (await rows.begin("b")).add(["other"]);
    expect(await rows.read("a")).toEqual(lines);
    await rows.remove("a");
    expect(await rows.read("a")).toEqual([]);
    await copy.add(["written by who does not know"]);
    expect(await rows.read("a")).toEqual([]);
    expect(await rows.read("b")).toEqual(["other"]);
  });

  test("who takes over replaces the copy with its first lines, not before", async () => {
    const rows = openJournalRows(store.sql);
    await (await rows.begin("c")).add(["1", "2"]);
    const next = await rows.begin("c");
    expect(await rows.read("c")).toEqual(["1", "2"]);
    await next.add(["1", "2", "3"]);
    expect(await rows.read("c")).toEqual(["1", "2", "3"]);
  });

  test("of two that write to one copy the second is stopped, and what the first wrote stays", async () => {
    const rows = openJournalRows(store.sql);
    const [one, other] = [await rows.begin("d"), await rows.begin("d")];
    await one.add(["same", "first"]);
    await expect(other.add(["same", "second"])).rejects.toMatchObject({
      code: "journal-not-stored",
      what: expect.stringContaining("another worker"),
    });
    expect(await rows.read("d")).toEqual(["same", "first"]);
  });
});
