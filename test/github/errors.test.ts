import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { readRepository } from "../../src/github/repository.ts";
import { connect, openShop, type Shop } from "./shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.github.close());

const path = /^\/repos\/acme\/shop$/;
const inAnHour = String(Math.floor(Date.now() / 1000) + 3600);

test.each([
  [401, "github-token", { message: "Bad credentials" }, {}],
  [403, "github-forbidden", { message: "Resource not accessible by integration" }, {}],
  [403, "repository-archived", { message: "Repository was archived so is read-only." }, {}],
  [
    403,
    "github-rate-limit",
    { message: "API rate limit exceeded" },
    { "x-ratelimit-remaining": "0", "x-ratelimit-reset": inAnHour },
  ],
  [403, "github-rate-limit", { message: "You have exceeded a secondary rate limit." }, {}],
  [429, "github-rate-limit", { message: "Too many requests" }, { "retry-after": "90" }],
  [404, "github-not-found", { message: "Not Found" }, {}],
  [409, "repository-empty", { message: "Git Repository is empty." }, {}],
  [409, "github-refused", { message: "Conflict" }, {}],
  [410, "github-not-found", { message: "This issue was deleted" }, {}],
  [422, "github-refused", { message: "Validation Failed", errors: [{ field: "sha", code: "invalid" }] }, {}],
  [500, "github-unavailable", { message: "Server Error" }, {}],
  [502, "github-unavailable", "<html>Bad Gateway</html>", { "content-type": "text/html" }],
  ["reset", "github-unreachable", undefined, {}],
] as const)("%s is %s", async (status, code, body, headers) => {
  shop.github.fail({ path, status, body, headers });
  await expect(readRepository(shop.access)).rejects.toMatchObject({ name: "Problem", code });
});

test("the sentence says how long a limit lasts", async () => {
  shop.github.fail({ path, status: 429, headers: { "retry-after": "90" } });
  await expect(readRepository(shop.access)).rejects.toMatchObject({ what: expect.stringContaining("2 min") });
});

test("the sentence says what GitHub said, and of what", async () => {
  const body = { message: "Validation Failed", errors: [{ field: "sha", code: "invalid" }] };
  shop.github.fail({ path, status: 422, body });
  await expect(readRepository(shop.access)).rejects.toMatchObject({
    what: expect.stringMatching(
      /acme\/shop \(GET .*\/repos\/acme\/shop: 422 Validation Failed; sha invalid\)/,
    ),
  });
});

test("no token is in what is thrown", async () => {
  const token = await shop.github.appToken();
  const access = await connect(shop.github, token);
  shop.github.fail({ path, status: 403 });
  const error = await readRepository(access).catch((thrown: Error) => thrown);
  expect(JSON.stringify([error, (error as Error).cause])).not.toContain(token);
});

test("a failure that passes is asked again", async () => {
  const access = await connect(shop.github, shop.github.token("alice"), 1);
  shop.github.fail({ path, status: 503 });
  expect(await readRepository(access)).toMatchObject({ defaultBranch: "main" });
});
