import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { connectWithToken, remoteUrlOf } from "../../src/github/connect.ts";
import { readRepository } from "../../src/github/repository.ts";
import { connect, openShop, repository, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.github.close());

test("a personal token speaks for its owner", async () => {
  const access = await connect(shop.github, shop.github.token("alice"));
  expect(access).toMatchObject({ login: "alice", repository, remoteUrl: `${shop.github.url}/acme/shop.git` });
  expect(await access.token()).toBe(shop.github.token("alice"));
});

test("an installation's token speaks for its App", async () => {
  expect((await connect(shop.github, await shop.github.appToken())).login).toBe("firstdraft[bot]");
  expect((await connect(shop.github, await shop.github.actionsToken())).login).toBe("github-actions[bot]");
});

test("where GraphQL gives no answer, it is taken for a workflow's", async () => {
  shop.github.fail({ path: /graphql/, status: 404 });
  expect((await connect(shop.github, await shop.github.appToken())).login).toBe("github-actions[bot]");
});

test("a wrong token is said to be wrong", async () => {
  await expect(connect(shop.github, "ghp_wrong")).rejects.toMatchObject({ code: "github-token" });
});

test("a secondary limit is waited for as long as GitHub asks, where limits are minded", async () => {
  const { github } = shop;
  const token = github.token("alice");
  const access = await connectWithToken({
    token,
    apiUrl: github.apiUrl,
    repository,
    limits: true,
    retries: 0,
  });
  const message = "You have exceeded a secondary rate limit.";
  github.fail({ path: /shop$/, status: 403, body: { message }, headers: { "retry-after": "1" } });
  const before = github.requests.length;
  await readRepository(access);
  expect(github.requests.slice(before).map(({ status }) => status)).toEqual([403, 200]);
  // An hour is too long to wait: the run stops and says so.
  github.fail({ path: /shop$/, status: 403, body: { message }, headers: { "retry-after": "3600" } });
  await expect(readRepository(access)).rejects.toMatchObject({ code: "github-rate-limit" });
});

test("a limit that does not end is asked three times and no more: nothing else retries what waits for limits", async () => {
  const { github } = shop;
  const access = await connectWithToken({
    token: github.token("alice"),
    apiUrl: github.apiUrl,
    repository,
    limits: true,
  });
  const body = { message: "You have exceeded a secondary rate limit." };
  for (let i = 0; i < 3; i++)
    github.fail({ path: /shop$/, status: 429, body, headers: { "retry-after": "1" } });
  const before = github.requests.length;
  await expect(readRepository(access)).rejects.toMatchObject({ code: "github-rate-limit" });
  expect(github.requests.slice(before).map(({ status }) => status)).toEqual([429, 429, 429]);
});

test("a repository's facts", async () => {
  expect(await readRepository(shop.access)).toMatchObject({
    fullName: "acme/shop",
    defaultBranch: "main",
    archived: false,
    disabled: false,
    private: false,
    cloneUrl: shop.access.remoteUrl,
  });
  await shop.github.as("acme").request("PATCH", "/repos/acme/shop", { archived: true, private: true });
  expect(await readRepository(shop.access)).toMatchObject({ archived: true, private: true });
});

test.each([
  ["https://api.github.com", "https://github.com/acme/shop.git"],
  ["https://api.acme.ghe.com", "https://acme.ghe.com/acme/shop.git"],
  ["https://git.acme.com/api/v3", "https://git.acme.com/acme/shop.git"],
  ["http://127.0.0.1:3000/api/v3/", "http://127.0.0.1:3000/acme/shop.git"],
])("%s speaks of %s", (apiUrl, remoteUrl) => {
  expect(remoteUrlOf(apiUrl, repository)).toBe(remoteUrl);
});
