import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { Octokit } from "@octokit/rest";
import { ownPace } from "../../src/github/own-pace.ts";
import { isWrite, keepPace } from "../../src/github/pace.ts";
import { patience } from "../helpers/until.ts";
import { name, openShop, repository, type Shop } from "./shop.ts";

jest.setTimeout(patience);
let shop: Shop;
let token: string;
beforeAll(async () => {
  shop = await openShop();
  token = await shop.github.appToken();
});
afterAll(() => shop.github.close());

/** As many as there are runs, which know nothing of each other but their pace. */
function octokits(count: number): Octokit[] {
  const pace = ownPace();
  return Array.from({ length: count }, () => {
    const octokit = new Octokit({ auth: token, baseUrl: shop.github.apiUrl, log: quiet });
    keepPace(octokit, pace);
    return octokit;
  });
}
const silent = () => {};
const quiet = { debug: silent, info: silent, warn: silent, error: silent };

/** What reached GitHub while `work` was done, in the order in which it came there. */
async function requestsOf(work: () => Promise<unknown>) {
  const before = shop.github.requests.length;
  await work();
  return shop.github.requests.slice(before).toSorted((a, b) => a.from - b.from);
}
const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";

test("writes of several runs come one after the other, a second from the end of one to the next", async () => {
  // Longer than the second: what is only started apart would overlap.
  shop.github.fail({ method: "POST", path: /\/labels$/, times: 2, before: () => delay(1500) });
  const seen = await requestsOf(() =>
    Promise.all(
      octokits(3).map(({ rest }, i) => rest.issues.createLabel({ ...repository, name: `label-${i}` })),
    ),
  );
  expect(seen.map(({ status }) => status)).toEqual([201, 201, 201]);
  for (const [i, { from }] of seen.slice(1).entries())
    expect(from - (seen[i]?.until ?? from)).toBeGreaterThanOrEqual(1000);
});

test("runs that meet a secondary limit together do not storm: one asks again when it was told to, then the others", async () => {
  // Each run's first request is on its way when the first is refused; so is the one that asks again.
  const runs = 5;
  const headers = { "retry-after": "2" };
  shop.github.fail({
    path: /\/repos\/acme\/shop$/,
    status: 403,
    body: { message },
    headers,
    times: runs + 1,
  });
  const seen = await requestsOf(() =>
    Promise.all(octokits(runs).map(({ rest }) => rest.repos.get({ ...repository }))),
  );
  const refused = seen.filter(({ status }) => status === 403);
  expect(refused).toHaveLength(runs + 1);
  expect(seen.map(({ status }) => status)).toEqual([...Array(runs + 1).fill(403), ...Array(runs).fill(200)]);
  const told = (at: number) => (seen[at]?.until ?? Number.NaN) + 2000;
  expect(seen[runs]?.from).toBeGreaterThanOrEqual(told(0));
  expect(seen[runs + 1]?.from).toBeGreaterThanOrEqual(told(runs));
});

test("a used-up primary limit is waited for until GitHub's own clock says that it is over", async () => {
  // Its clock is an hour behind ours.
  const now = Math.floor(Date.now() / 1000) - 3600;
  const headers = {
    ...{ "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(now + 1) },
    date: new Date(now * 1000).toUTCString(),
  };
  shop.github.fail({ path: /\/repos\/acme\/shop$/, status: 403, headers });
  const [octokit] = octokits(1);
  const seen = await requestsOf(async () => octokit?.rest.repos.get({ ...repository }));
  expect(seen.map(({ status }) => status)).toEqual([403, 200]);
  expect((seen[1]?.from ?? 0) - (seen[0]?.until ?? 0)).toBeGreaterThanOrEqual(1000);
});

test("a limit that lasts too long is told to all, and none of them asks before", async () => {
  const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Date.now() / 1000 + 3600) };
  shop.github.fail({ path: /\/repos\/acme\/shop$/, status: 429, headers });
  const [one, other] = octokits(2);
  const seen = await requestsOf(async () => {
    for (const octokit of [one, other, one]) {
      await expect(octokit?.rest.repos.get({ ...repository })).rejects.toMatchObject({
        ...{ code: "github-rate-limit", what: expect.stringMatching(/another 6[01] min/) },
      });
    }
  });
  expect(seen.map(({ status }) => status)).toEqual([429]);
});

test.each([
  ["GET", "/repos/{owner}/{repo}", undefined, false],
  ["HEAD", "/repos/{owner}/{repo}", undefined, false],
  ["POST", `/repos/${name}/issues`, undefined, true],
  ["PATCH", `/repos/${name}/issues/1`, "query {", true],
  ["POST", "/graphql", "{ viewer { login } }", false],
  ["POST", "/graphql", "\n  query ($id: ID!) { node(id: $id) { id } }", false],
  ["POST", "/graphql", "mutation { addStar(input: {}) { clientMutationId } }", true],
  ["POST", "/graphql", "fragment f on User { login } mutation { x }", true],
])("%s %s %s: a write is %s", (method, url, query, expected) => {
  expect(isWrite({ method, url, query })).toBe(expected);
});
