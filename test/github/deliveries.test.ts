import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { Octokit } from "@octokit/rest";
import nock from "nock";
import { failedDeliveries, redeliver } from "../../src/github/deliveries.ts";

const api = "http://github.example";
function quiet() {}
const octokit = new Octokit({
  baseUrl: api,
  log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
});
const signal = new AbortController().signal;
const heard = ["issues.labeled", "issue_comment.created", "status"];

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
});
afterAll(() => {
  nock.cleanAll();
  nock.enableNetConnect();
  // Else every connection of whatever test runs next in this process goes through nock.
  nock.restore();
});

interface Shown {
  readonly status?: number;
  readonly hoursAgo?: number;
  readonly event?: string;
  readonly action?: string | null;
}

/** As GitHub writes it. `id`: its digits. */
function shown(
  id: string,
  guid: string,
  { status = 502, hoursAgo = 1, event = "issues", action = "labeled" }: Shown = {},
): string {
  const delivered_at = new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
  return `{"id":${id},${JSON.stringify({ guid, delivered_at, event, action, status_code: status }).slice(1)}`;
}

const path = "/app/hook/deliveries";
const page = (items: readonly string[], next?: string): [number, string, Record<string, string>] => [
  200,
  `[${items.join()}]`,
  {
    "content-type": "application/json",
    ...(next ? { link: `<${api}${path}?per_page=100&cursor=${next}>; rel="next"` } : {}),
  },
];

test("failed is what no attempt has brought, of the events that count; least tried and oldest first", async () => {
  nock(api)
    .get(`${path}?per_page=100`)
    .reply(
      ...page(
        [
          shown("9007199254740999", "again-and-again", { status: 503 }),
          shown("9007199254740997", "came-later", { status: 200 }),
          shown("8", "young", { status: 500 }),
          shown("7", "opened", { action: "opened" }),
          shown("6", "ping", { event: "ping", action: null }),
          shown("10", "status", { event: "status", action: null }),
        ],
        "v1_6",
      ),
    )
    .get(`${path}?per_page=100&cursor=v1_6`)
    .reply(
      ...page([
        shown("5", "again-and-again", { hoursAgo: 2 }),
        shown("4", "came-later", { hoursAgo: 3 }),
        shown("3", "came", { status: 202, hoursAgo: 4 }),
        shown("2", "old", { status: 0, hoursAgo: 71, event: "issue_comment", action: "created" }),
      ]),
    );
  expect(await failedDeliveries(octokit, heard, signal)).toEqual({
    attempts: ["2", "10", "8", "9007199254740999"],
    whole: true,
  });
});

test("no further page is asked for than three days reach, and no more than a hundred", async () => {
  nock(api)
    .get(`${path}?per_page=100`)
    .reply(...page([shown("2", "young"), shown("1", "too-old", { hoursAgo: 73 })], "v1_1"));
  expect(await failedDeliveries(octokit, heard, signal)).toEqual({ attempts: ["2"], whole: true });

  let pages = 0;
  nock(api)
    .get((uri) => uri.startsWith(path))
    .times(100)
    .reply(() => page([shown(String(1000 - pages), `number-${pages++}`)], "more"));
  const { attempts, whole } = await failedDeliveries(octokit, heard, signal);
  expect([attempts.length, whole]).toEqual([100, false]);
});

test("GitHub is asked by the very number, and says what it can no longer deliver", async () => {
  const at = (id: string) => nock(api).post(`${path}/${id}/attempts`);
  at("9007199254740993").reply(202, {});
  expect(await redeliver(octokit, "9007199254740993", signal)).toBe(true);
  at("1").reply(404, { message: "Not Found" });
  expect(await redeliver(octokit, "1", signal)).toBe(false);
  at("2").reply(403, { message: "Forbidden" });
  await expect(redeliver(octokit, "2", signal)).rejects.toMatchObject({ status: 403 });
});
