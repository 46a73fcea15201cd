import { setTimeout as delay } from "node:timers/promises";
import { jest } from "@jest/globals";
import { drained } from "./drained.ts";
import { openFront } from "./front.ts";
import { openCrashHouse } from "./house.ts";
import { lines } from "./lines.ts";
import { ownPostgres } from "./own-postgres.ts";
import { isFull, longest, randomFrom, requirePromised, seed, thinking } from "./size.ts";

jest.setTimeout(longest * 6);
const { url, onPostgres } = ownPostgres();

const [jobs, repositories, workers, least] = isFull ? [200, 40, 3, 20] : [6, 3, 2, 3];
/** Milliseconds between a start and the next kill, at least and beyond that at most. */
const [pause, span] = [1000, 4000];
const webhooks = "/api/github/webhooks";

onPostgres(
  `of several processes on one PostgreSQL one is killed again and again (seed ${seed}): nothing is lost, nothing is there twice, a kill costs a job one turn at most`,
  async () => {
    const random = randomFrom(seed);
    const names = Array.from({ length: repositories }, (_, index) => `lines-${index}`);
    const files = Object.fromEntries(names.map((name) => [name, lines()]));
    await using house = await openCrashHouse(files, url());
    house.beforeReply(() => delay(thinking));
    const front = await openFront(webhooks);
    try {
      const machines = await Promise.all([
        ...["one", "two"].map((name) => house.machine("web", (url) => front.set(name, url))),
        ...Array.from({ length: workers }, () => house.machine("worker", () => {})),
      ]);
      house.github.deliverTo(front.url);
      let isDrained = false;
      const kill = async () => {
        for (let kills = 0; kills < least || (isFull && !isDrained); kills++) {
          await delay(pause + random() * span);
          const machine = machines[Math.floor(random() * machines.length)];
          await machine?.kill();
          await machine?.start();
        }
      };
      const work = async () => {
        for (let job = 0; job < jobs; job++) await house.ask(names[job % names.length] ?? "");
        for (const issue of house.labelled) await house.drafted(issue);
      };
      // Where one fails, the other comes to its end all the same: nothing may be started behind the test's back.
      const both = await Promise.allSettled([work().finally(() => (isDrained = true)), kill()]);
      for (const one of both) if (one.status === "rejected") throw one.reason;
      requirePromised("several processes on PostgreSQL", await drained(house));
    } finally {
      await front.close();
    }
  },
);
