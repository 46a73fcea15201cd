import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { upsertCheckRun } from "../../src/github/check-run.ts";
import { connect, name, openShop, type Shop, see } from "./shop.ts";

let shop: Shop;
let headSha: string;
beforeEach(async () => {
  shop = await openShop();
  headSha = (await see(shop.github, "/git/ref/heads/main")).object.sha;
});
afterEach(() => shop.github.close());

const runs = async () => (await see(shop.github, `/commits/${headSha}/check-runs`)).check_runs;

test("one check run on a commit, brought up to date", async () => {
  const check = { headSha, conclusion: "success", title: "Verified", summary: "2 tests prove it." } as const;
  const annotations = [{ path: "src/price.js", line: 1, level: "warning", message: "Look here." }] as const;
  const first = await upsertCheckRun(shop.access, { ...check, text: "all", annotations });
  expect(await runs()).toMatchObject([
    {
      name: "firstdraft",
      status: "completed",
      conclusion: "success",
      output: { title: "Verified", summary: "2 tests prove it.", text: "all", annotations_count: 1 },
    },
  ]);
  const second = await upsertCheckRun(shop.access, { ...check, conclusion: "failure", title: "Failed" });
  expect(second).toEqual(first);
  expect(await runs()).toMatchObject([{ conclusion: "failure", output: { title: "Failed" } }]);
});

test("another App's check run of that name stays as it is", async () => {
  const other = await connect(shop.github, await shop.github.actionsToken());
  const check = { headSha, conclusion: "success", title: "Theirs", summary: "s" } as const;
  await upsertCheckRun(other, check);
  await upsertCheckRun(shop.access, { ...check, title: "Ours" });
  const all = await see(shop.github, `/commits/${headSha}/check-runs?filter=all`);
  const titles = all.check_runs.map(({ output }: { output: { title: string } }) => output.title);
  expect(titles.sort()).toEqual(["Ours", "Theirs"]);
});

test("texts and annotations are cut to what GitHub takes", async () => {
  const annotation = { path: "a", line: 1, level: "notice", message: "m" } as const;
  await upsertCheckRun(shop.access, {
    headSha,
    conclusion: "neutral",
    title: "t",
    summary: "s".repeat(70_000),
    text: "x".repeat(70_000),
    annotations: Array.from({ length: 60 }, () => annotation),
  });
  const [{ output }] = await runs();
  expect([output.summary.length, output.text.length, output.annotations_count]).toEqual([65_535, 65_535, 50]);
});

test("said again, nothing stands on a line twice, and what is new is added", async () => {
  const check = { headSha, conclusion: "failure", title: "Failed", summary: "s" } as const;
  const one = { path: "src/price.js", line: 1, endLine: 3, level: "failure", message: "Look here." } as const;
  const other = { ...one, line: 2, message: "And here." } as const;
  await upsertCheckRun(shop.access, { ...check, annotations: [one] });
  await upsertCheckRun(shop.access, { ...check, annotations: [one, other] });
  await upsertCheckRun(shop.access, { ...check, annotations: [one, other] });
  const [{ id }] = await runs();
  const all = await see(shop.github, `/check-runs/${id}/annotations`);
  expect(all).toMatchObject([
    { path: "src/price.js", start_line: 1, end_line: 3, annotation_level: "failure", message: "Look here." },
    { start_line: 2, end_line: 3, message: "And here." },
  ]);
  expect(all).toHaveLength(2);
});

test("with a personal token there is none, which is no failure", async () => {
  const access = await connect(shop.github, shop.github.token("alice"));
  const check = { headSha, conclusion: "success", title: "t", summary: "s" } as const;
  expect(await upsertCheckRun(access, check)).toEqual({
    unavailable: expect.stringContaining("authenticate via a GitHub App"),
  });
});

test("a rate limit is not mistaken for a missing permission", async () => {
  const message = "API rate limit exceeded for installation";
  shop.github.fail({
    path: /check-runs$/,
    status: 403,
    body: { message },
    headers: { "x-ratelimit-remaining": "0" },
  });
  const check = { headSha, conclusion: "success", title: "t", summary: "s" } as const;
  await expect(upsertCheckRun(shop.access, check)).rejects.toMatchObject({ code: "github-rate-limit" });
  expect(await see(shop.github, "")).toMatchObject({ full_name: name });
});
