import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { readiness } from "../../src/app/ready.ts";
import { type Serving, serve } from "../../src/app/serve.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { until } from "../helpers/until.ts";
import { postgresPrograms, startPostgres } from "../job/postgres.ts";
import { remove, temporary } from "../job/stores.ts";
import { example, type GitHub, gitHub, options, post } from "./door.ts";

let github: GitHub;
beforeAll(async () => {
  github = await gitHub();
});
afterAll(() => github.close());

const ask = async ({ url }: Serving, path: string) => {
  const response = await fetch(url + path);
  return `${response.status} ${(await response.text()).trim()}`;
};

test("ready until it is asked to stop; from then on it says so, and takes no webhooks", async () => {
  const dir = await dataFolder();
  const [begun, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const app = await serve(
    options(github, dir, {
      run: async () => {
        begun.resolve();
        await held.promise;
      },
    }),
  );
  try {
    github.deliverTo(`${app.url}/api/github/webhooks`);
    expect(await ask(app, "/readyz")).toBe("200 200");
    const maintainer = github.as("maintainer");
    const { number } = await maintainer.openIssue("acme/sums", { title: "t", body: "b" });
    await maintainer.label("acme/sums", number, "ai-generate");
    await begun.promise;
    const closed = app.close(30_000);
    expect(await ask(app, "/readyz")).toBe("503 closing");
    expect(await ask(app, "/healthz")).toBe("200 200");
    const body = JSON.stringify(example("issues", "labeled"));
    expect((await post(app.url, "issues", body)).status).toBe(503);
    held.resolve();
    await closed;
    await expect(fetch(`${app.url}/healthz`)).rejects.toThrow();
  } finally {
    held.resolve();
    await app.close().catch(() => {});
    remove(dir);
  }
});

test("not ready until GitHub has said who the App is, which it is asked again and again", async () => {
  const dir = await dataFolder();
  github.fail({ path: /\/app$/, status: 400 });
  const app = await serve(options(github, dir));
  try {
    expect(await ask(app, "/readyz")).toBe("503 github");
    await until("GitHub has answered", async () => (await ask(app, "/readyz")) === "200 200");
  } finally {
    await app.close();
    remove(dir);
  }
});

test("a database that does not answer counts as away, and is asked once however many want to know", async () => {
  let asked = 0;
  const unready = readiness({
    closing: () => false,
    known: () => true,
    database: () => {
      asked++;
      return new Promise(() => {});
    },
  });
  expect(await Promise.all([unready(), unready(), unready()])).toEqual(Array(3).fill("database"));
  expect(asked).toBe(1);
});

const programs = postgresPrograms();
// Debian's postgresql package is not everywhere.
(programs === null ? test.skip : test)("not ready while the database is away", async () => {
  const dir = temporary();
  const postgres = await startPostgres(programs ?? "");
  const app = await serve({ ...options(github, dir), databaseUrl: postgres.url });
  try {
    expect(await ask(app, "/readyz")).toBe("200 200");
    await postgres.stop();
    expect(await ask(app, "/readyz")).toBe("503 database");
    expect(await ask(app, "/healthz")).toBe("200 200");
  } finally {
    await app.close(0).catch(() => {});
    await postgres.stop();
    remove(dir);
  }
});
