import { setTimeout as delay } from "node:timers/promises";
import { describe, jest, test } from "@jest/globals";
import { drained } from "./drained.ts";
import { openCrashHouse } from "./house.ts";
import { lines } from "./lines.ts";
import { ownPostgres } from "./own-postgres.ts";
import { isFull, longest, randomFrom, requirePromised, seed, thinking } from "./size.ts";

jest.setTimeout(longest * 3);
const { url, onPostgres } = ownPostgres();

const [jobs, kills] = isFull ? [30, 20] : [5, 3];
/** Milliseconds that a process lives at most. */
const span = 6000;

async function killAtRandom(url: string | undefined, store: string): Promise<void> {
  const random = randomFrom(seed);
  const names = Array.from({ length: Math.ceil(jobs / 3) }, (_, index) => `lines-${index}`);
  await using house = await openCrashHouse(Object.fromEntries(names.map((name) => [name, lines()])), url);
  house.beforeReply(() => delay(thinking));
  const machine = await house.machine();
  const asked: Promise<string>[] = [];
  for (let kill = 0; kill < kills; kill++) {
    // Also while it is being killed or started: what is delivered then reaches nobody.
    for (const share = ((kill + 1) * jobs) / kills; asked.length < share; ) {
      const [name = "", wait] = [names[asked.length % names.length], random() * span];
      asked.push(delay(wait).then(() => house.ask(name)));
    }
    await delay(random() * span);
    await machine.kill();
    await machine.start();
  }
  await Promise.all(asked);
  requirePromised(`random times on ${store}`, await drained(house));
}

describe(`killed at random times (seed ${seed}): nothing is lost, nothing is there twice, a kill costs a job one turn at most`, () => {
  test("on PGlite", () => killAtRandom(undefined, "PGlite"));
  // Without the full size the several processes stand for it: a heart takes its time to be missed.
  (isFull ? onPostgres : test.skip)("on PostgreSQL", () => killAtRandom(url(), "PostgreSQL"));
});
