import { expect, test } from "@jest/globals";
import type { Json } from "../../src/demo/github/types.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";

const shared = sharedHouse({ repositories: { sums } });

/** What tokens were asked for since, and what was said to GitHub in between. */
const since = (from: number) =>
  shared()
    .github.requests.slice(from)
    .flatMap(({ path, method, body }): string[] => {
      const rights = (body as Json)?.permissions ?? {};
      if (path.endsWith("/access_tokens")) return [rights.contents === "write" ? "may write code" : "token"];
      return method === "POST" && path.endsWith("/git/trees") ? ["publishes"] : [];
    });

test("there is no token that may write code before there is something to publish", async () => {
  const house = shared();
  const repository = house.at("sums");
  const from = house.github.requests.length;
  let before: string[] = [];
  house.reply((_, index) => {
    before = since(from);
    return proved[index] ?? {};
  });
  const issue = await repository.openIssue();
  await repository.label(issue);
  expect(await repository.settled(issue)).toContain("**Verified**");
  expect(before).toContain("token");
  expect(before).not.toContain("may write code");
  const all = since(from);
  expect(all.indexOf("may write code")).toBe(all.indexOf("publishes") - 1);
  const mints = house.github.requests.slice(from).filter(({ path }) => path.endsWith("/access_tokens"));
  const { id } = await repository.get("");
  for (const { body } of mints) expect(body).toMatchObject({ repository_ids: [id] });
});
