import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@jest/globals";
import { Octokit } from "@octokit/rest";
import { sweep } from "../../src/app/sweep.ts";
import { openQueue } from "../../src/job/queue.ts";
import { openStore } from "../../src/job/store.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { until } from "../helpers/until.ts";
import { pglite, remove } from "../job/stores.ts";

const failed = 700;

test("of seven hundred that failed one look adds five hundred, the next the rest, and none is there twice", async () => {
  const dir = await dataFolder();
  const delivered_at = new Date().toISOString();
  // The newest first, a hundred on each page.
  const page = (number: number) =>
    Array.from({ length: 100 }, (_, i) => failed - number * 100 - i).map((id) => ({
      ...{ id, guid: `delivery-${id}`, event: "issues", action: "labeled", status_code: 502, delivered_at },
    }));
  const server = createServer((request, response) => {
    const number = Number(/cursor=(\d)/.exec(request.url ?? "")?.[1] ?? 0);
    const more = (number + 1) * 100 < failed;
    const link = `<http://${request.headers.host}/app/hook/deliveries?per_page=100&cursor=${number + 1}>; rel="next"`;
    response
      .writeHead(200, { "content-type": "application/json", ...(more ? { link } : {}) })
      .end(JSON.stringify(page(number)));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const app = new Octokit({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  const store = await openStore(pglite(dir));
  const { redeliveries, close } = await openQueue(store);
  const ending = new AbortController();
  const [said, looks]: [string[], number[]] = [[], []];
  const waiting = async () => {
    const rows = await store.sql<{ attempt: string }>(
      "SELECT data->>'attempt' AS attempt FROM pgboss.job WHERE name = 'redeliveries'",
    );
    return rows.map(({ attempt }) => Number(attempt)).toSorted((one, other) => one - other);
  };
  try {
    const ended = sweep(
      {
        app: async () => {
          looks.push((await waiting()).length);
          return app as never;
        },
        // None is asked for meanwhile: what a look adds is counted.
        redeliveries: { ...redeliveries, work: async () => {} },
        say: (line) => said.push(line),
        pause: 50,
      },
      ending.signal,
    );
    await until("it has looked four times", () => looks.length >= 4);
    ending.abort();
    await ended;
    expect(looks.slice(0, 4)).toEqual([0, 500, 700, 700]);
    expect(said).toEqual([
      "GitHub is asked to deliver again what failed: 500 of 700",
      "GitHub is asked to deliver again what failed: 200 of 700",
    ]);
    expect(await waiting()).toEqual(Array.from({ length: failed }, (_, i) => i + 1));
  } finally {
    ending.abort();
    await close(0);
    server.close();
    remove(dir);
  }
});
