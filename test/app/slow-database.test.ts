import { expect, jest, test } from "@jest/globals";
import { serve } from "../../src/app/serve.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { patience, until } from "../helpers/until.ts";
import { postgresPrograms, startPostgres } from "../job/postgres.ts";
import { remove } from "../job/stores.ts";
import { gitHub, options } from "./door.ts";

jest.setTimeout(patience);
const programs = postgresPrograms();

// Debian's postgresql package is not everywhere.
(programs === null ? test.skip : test)(
  "a database that answers nothing for a while: GitHub is told that it failed, delivers again, and each label runs once",
  async () => {
    const [postgres, github, dir] = await Promise.all([
      startPostgres(programs ?? ""),
      gitHub(),
      dataFolder(),
    ]);
    const runs: string[] = [];
    const app = await serve({
      ...options(github, dir, {
        run: async ({ key }) => {
          runs.push(key);
        },
      }),
      ...{ databaseUrl: postgres.url, sweepPause: 500 },
    });
    try {
      github.deliverTo(`${app.url}/api/github/webhooks`);
      const person = github.as("maintainer");
      const numbers: number[] = [];
      for (let i = 0; i < 3; i++)
        numbers.push(
          (await person.openIssue("acme/sums", { title: "Off by one", body: "See above." })).number,
        );
      await until("nothing is on its way", () => github.attempts.length === numbers.length);
      postgres.freeze();
      for (const number of numbers) await person.label("acme/sums", number, "ai-generate");
      const labels = () => github.attempts.filter(({ delivery }) => delivery.payload.action === "labeled");
      await until("all attempts have ended", () => labels().length === numbers.length);
      // An answer, before GitHub would have hung up by itself.
      expect(labels().map(({ status }) => status)).toEqual([500, 500, 500]);
      expect(runs).toEqual([]);

      postgres.thaw();
      await until(
        "all are delivered",
        () => labels().filter(({ status }) => status === 200).length >= numbers.length,
      );
      await until("all run", () => runs.length >= numbers.length);
      const looks = () => github.requests.filter(({ path }) => path === "/app/hook/deliveries").length;
      const before = looks();
      await until("it has looked again, twice", () => looks() >= before + 2);
      expect(runs.toSorted()).toEqual(numbers.map((number) => `acme/sums#${number}`));
    } finally {
      postgres.thaw();
      await app.close(0);
      await Promise.all([github.close(), postgres.stop()]);
      remove(dir);
    }
  },
);
