import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { readStatus, stickyComment } from "../../src/github/sticky-comment.ts";
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
  await Promise.all(["one", "two", "three"].map((text) => show(text)));
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
  await stickyComment(shop.access, issue, "verify")("Verified.");
  expect(await texts()).toHaveLength(2);
});

test("a note stands below the status, and either stays when the other changes", async () => {
  const run = stickyComment(shop.access, issue);
  // Another process: it has not seen the comment that the first one made.
  const other = () => stickyComment(shop.access, issue);
  const shown = async () =>
    (await texts()).map((text) => text.replace(/\s*<!-- firstdraft:status -->\s*$/, ""));
  const noted = (status: string, note: string) => `${status}\n\n---\n\n<!-- firstdraft:note -->\n\n${note}`;
  await run("Working.");
  await other()("Not now.", "note");
  expect(await shown()).toEqual([noted("Working.", "Not now.")]);
  await run("Still working.", "status");
  expect(await shown()).toEqual([noted("Still working.", "Not now.")]);
  await other()("Not now either.", "note");
  expect(await shown()).toEqual([noted("Still working.", "Not now either.")]);
  await run("Done.");
  expect(await shown()).toEqual(["Done."]);
});

test("what is told of a correction stands between the two, and goes without a trace", async () => {
  const say = () => stickyComment(shop.access, issue);
  await say()("Draft.");
  await say()("Not now.", "note");
  const [before] = await texts();
  await say()("Correcting.", "correction");
  const between = (status: string, correction: string, note: string) =>
    `${status}\n\n---\n\n<!-- firstdraft:correction -->\n\n${correction}\n\n---\n\n<!-- firstdraft:note -->\n\n${note}\n\n<!-- firstdraft:status -->\n`;
  expect(await texts()).toEqual([between("Draft.", "Correcting.", "Not now.")]);
  expect(await readStatus(shop.access, issue)).toBe("Draft.");
  await say()("Draft, red.", "status");
  await say()("Not now either.", "note");
  expect(await texts()).toEqual([between("Draft, red.", "Correcting.", "Not now either.")]);
  await say()("Draft.", "status");
  await say()("Not now.", "note");
  await say()("", "correction");
  expect(await texts()).toEqual([before]);
});

test("a note may come first", async () => {
  await stickyComment(shop.access, issue)("Not that.", "note");
  expect(await texts()).toEqual(["<!-- firstdraft:note -->\n\nNot that.\n\n<!-- firstdraft:status -->\n"]);
  await stickyComment(shop.access, issue)("Working.", "status");
  expect((await texts())[0]).toMatch(/^Working\.\n\n---\n\n<!-- firstdraft:note -->\n\nNot that\.\n\n</);
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
