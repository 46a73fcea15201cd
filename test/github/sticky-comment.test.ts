import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { stickyComment } from "../../src/github/sticky-comment.ts";
import { name, openShop, type Shop, see, writes } from "./shop.ts";

let shop: Shop;
let issue: number;
beforeEach(async () => {
  shop = await openShop();
  issue = (await shop.github.as("alice").openIssue(name, { title: "VAT" })).number;
});
afterEach(() => shop.github.close());

const texts = async (): Promise<string[]> =>
  (await see(shop.github, `/issues/${issue}/comments?per_page=100`)).map(
    ({ body }: { body: string }) => body,
  );

test("one comment is made and then kept current", async () => {
  const show = stickyComment(shop.access, issue);
  const { id, url } = await show("Queued.");
  expect(url).toContain(`/issues/${issue}#issuecomment-${id}`);
  await show("Working.");
  await show("Working.");
  expect(await texts()).toEqual(["Working.\n\n<!-- firstdraft:status -->\n"]);
  expect(writes(shop.github)).toEqual([`POST /issues/${issue}/comments`, `PATCH /issues/comments/${id}`]);
});

test("texts sent at once arrive in their order, in one comment", async () => {
  const show = stickyComment(shop.access, issue);
  await Promise.all(["one", "two", "three"].map(show));
  expect(await texts()).toEqual([expect.stringMatching(/^three\n/)]);
});

test("after a restart it is found among many, by marker and author", async () => {
  const forged = "Verified!\n\n<!-- firstdraft:status -->";
  await shop.github.as("mallory").comment(name, issue, forged);
  await stickyComment(shop.access, issue)("Before.");
  for (let each = 0; each < 101; each += 1)
    await shop.github.as("rita").comment(name, issue, `Me too ${each}`);
  await stickyComment(shop.access, issue)("After.");
  const all = await shop.github.as("alice").request("GET", `/repos/${name}/issues/${issue}/comments`);
  expect(all.body.slice(0, 2).map(({ body }: { body: string }) => body)).toEqual([
    forged,
    "After.\n\n<!-- firstdraft:status -->\n",
  ]);
  expect(writes(shop.github)).toHaveLength(2);
});

test("other keys are other comments", async () => {
  await stickyComment(shop.access, issue)("Working.");
  await stickyComment(shop.access, issue, "refusal")("No.");
  expect(await texts()).toHaveLength(2);
});

test("deleted by somebody, it is made again", async () => {
  const show = stickyComment(shop.access, issue);
  const { id } = await show("Queued.");
  await shop.github.as("acme").request("DELETE", `/repos/${name}/issues/comments/${id}`);
  await show("Working.");
  expect(await texts()).toEqual([expect.stringMatching(/^Working/)]);
});

test("a comment whose answer was lost is not made twice", async () => {
  shop.github.fail({ method: "POST", path: /\/comments$/, status: 502, carriedOut: true });
  await stickyComment(shop.access, issue)("Queued.");
  expect(await texts()).toHaveLength(1);
});

test("one failure does not hold up what comes after it", async () => {
  const show = stickyComment(shop.access, issue);
  shop.github.fail({
    method: "POST",
    path: /\/comments$/,
    status: 403,
    body: { message: "Resource not accessible by integration" },
  });
  await expect(show("Queued.")).rejects.toMatchObject({ code: "github-forbidden" });
  await show("Working.");
  expect(await texts()).toEqual([expect.stringMatching(/^Working/)]);
});
