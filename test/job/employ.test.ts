import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { employ } from "../../src/job/attend.ts";
import { openStore, type Store } from "../../src/job/store.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { patience } from "../helpers/until.ts";
import { until } from "./recorder.ts";
import { pglite, remove } from "./stores.ts";

jest.setTimeout(patience);
let dir = "";
let store: Store;
beforeEach(async () => {
  dir = await dataFolder();
  store = await openStore(pglite(dir));
});
afterEach(async () => {
  // Else one that waits for its next look keeps this process for the hour.
  await store.boss.offWork("waiting");
  await store.close();
  remove(dir);
});

test.each([1, 2])(
  "what was waiting before anybody looked is taken one after the other, not one for each look (workers: %i)",
  async (workers) => {
    const { boss } = store;
    await boss.createQueue("waiting");
    for (let index = 0; index < 5; index++) await boss.send("waiting", { index });
    const done: number[] = [];
    // Looked at now and in an hour, and nothing new is announced.
    await employ<{ index: number }>(boss, "waiting", { seconds: 3600, workers }, async ([entry]) => {
      if (entry !== undefined) done.push(entry.data.index);
    });
    await until(() => done.length === 5);
    expect(done.toSorted()).toEqual([0, 1, 2, 3, 4]);
  },
);
