import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import pg from "pg";
import { probotOf } from "../../src/app/environment.ts";
import { sweep } from "../../src/app/sweep.ts";
import { openQueue } from "../../src/job/queue.ts";
import { openStore } from "../../src/job/store.ts";
import { patience, until } from "../helpers/until.ts";
import { postgresPrograms, startPostgres, type TestPostgres } from "../job/postgres.ts";
import { remove, temporary } from "../job/stores.ts";
import { type GitHub, gitHub, options } from "./door.ts";

jest.setTimeout(patience);
/** On which nobody listens. */
const nowhere = "http://127.0.0.1:9/";
const programs = postgresPrograms();

// Debian's postgresql package is not everywhere.
(programs === null ? describe.skip : describe)("on PostgreSQL", () => {
  let postgres: TestPostgres;
  let github: GitHub;
  let folders: string[] = [];
  beforeAll(async () => {
    postgres = await startPostgres(programs ?? "");
  });
  afterAll(async () => {
    await postgres?.stop();
  });
  beforeEach(async () => {
    github = await gitHub();
    folders = [temporary(), temporary()];
  });
  afterEach(async () => {
    await github.close();
    for (const folder of folders) remove(folder);
  });

  async function labelled(): Promise<string> {
    const person = github.as("maintainer");
    const { number } = await person.openIssue("acme/sums", { title: "Off by one", body: "See above." });
    await person.label("acme/sums", number, "ai-generate");
    return `acme/sums#${number}`;
  }
  const asked = () =>
    github.requests.filter(({ path }) => /^\/app\/hook\/deliveries\/\d+\/attempts$/.test(path));

  test("two Apps have found the same failures: GitHub is asked once for each", async () => {
    github.deliverTo(nowhere);
    for (let i = 0; i < 3; i++) await labelled();
    await until("all events have left", () => github.deliveries.length === 6);
    const probot = await probotOf(options(github, folders[0] ?? "").env);
    const onError = () => {};
    const queues = await Promise.all(
      folders.map(async (dataDir) =>
        openQueue(await openStore({ dataDir, databaseUrl: postgres.url, onError }), { retryDelay: 0 }),
      ),
    );
    const ending = new AbortController();
    // Neither adds anything before both have the list.
    const listed = meeting(2);
    let adding = 0;
    const sweeps = queues.map(({ redeliveries }) =>
      sweep(
        {
          app: () => probot.auth(),
          redeliveries: {
            add: async (attempt) => {
              await listed();
              adding++;
              return redeliveries.add(attempt);
            },
            work: redeliveries.work,
          },
          say: () => {},
        },
        ending.signal,
      ),
    );
    try {
      await until("all were asked for", () => new Set(asked().map(({ path }) => path)).size === 3);
      await until("both have added what they found", () => adding === 6);
      await until("nothing is left to ask", async () => (await waiting(postgres.url)) === 0);
    } finally {
      ending.abort();
      await Promise.all(sweeps);
      await Promise.all(queues.map((queue) => queue.close(0)));
    }
    expect(adding).toBe(6);
    expect(asked()).toHaveLength(3);
  });
});

/** Each call goes on once so many have been made; later ones at once. */
function meeting(size: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let here = 0;
  return () => {
    if (++here >= size) resolve();
    return promise;
  };
}

/** Jobs that are not over. */
async function waiting(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query("SELECT 1 FROM pgboss.job WHERE state < 'completed'");
  await client.end();
  return rows.length;
}
