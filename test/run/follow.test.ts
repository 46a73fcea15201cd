import { expect, test } from "@jest/globals";
import { stickyComment } from "../../src/github/sticky-comment.ts";
import { follow } from "../../src/run/follow.ts";
import { name, openShop, see } from "../github/shop.ts";
import { until } from "../helpers/until.ts";

test("while a run works its comment keeps the note on what was refused meanwhile, and the last word takes it away", async () => {
  await using shop = await openShop();
  const { number } = await shop.github.as("alice").openIssue(name, { title: "VAT" });
  const shown = async () =>
    (await see(shop.github, `/issues/${number}/comments`)).map(({ body }: { body: string }) => body);
  await using following = follow(stickyComment(shop.access, number), { maxUsd: 2, part: "status", pause: 0 });
  following.emit({ type: "step", step: "reading" });
  await until("it says what it does", async () => /reading/.test((await shown()).join()));
  await stickyComment(shop.access, number)("**Not done**: one is under way.", "note");
  following.emit({ type: "step", step: "writing" });
  await until("it says what it does now", async () => /writing/.test((await shown()).join()));
  expect(await shown()).toEqual([
    expect.stringMatching(/^\*\*Working\*\*: writing [\s\S]+\*\*Not done\*\*: one is under way\./),
  ]);
  await following.finish("**Draft**: there.", "both");
  expect(await shown()).toEqual(["**Draft**: there.\n\n<!-- firstdraft:status -->\n"]);
});
