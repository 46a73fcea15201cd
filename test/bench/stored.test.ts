import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { storedOf } from "../../scripts/bench/stored.ts";
import { openQueue } from "../../src/job/queue.ts";
import { openStore } from "../../src/job/store.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { patience } from "../helpers/until.ts";
import { pglite, remove } from "../job/stores.ts";
import { job } from "../job/triggers.ts";

jest.setTimeout(patience);
let dir = "";
beforeEach(async () => {
  dir = await dataFolder();
});
afterEach(() => remove(dir));

test("of the deliveries that were answered, what is stored, what is stored again and what is lost are told apart", async () => {
  const [first, again, lost] = [job(1), job(2), job(3)];
  const store = await openStore(pglite(dir));
  const queue = await openQueue(store);
  for (const one of [first, again]) await queue.enqueue(one);
  // Under another id, as if two processes had not known of each other.
  await store.boss.send("intake", again, { id: randomUUID() });
  await queue.close();
  const guids = [first, again, lost].map(({ deliveryId }) => deliveryId);
  expect(await storedOf(pglite(dir), guids)).toEqual({ once: 1, twice: 1 });
});
