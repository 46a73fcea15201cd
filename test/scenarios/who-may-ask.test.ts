import { beforeAll, expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";

const shared = sharedHouse({ repositories: { sums } });
let draft = 0;

beforeAll(async () => {
  const house = shared();
  house.reply(proved);
  const issue = await house.at("sums").openIssue();
  await house.at("sums").label(issue);
  await house.at("sums").settled(issue);
  draft = (await house.at("sums").pulls())[0].number;
});

test("a label by somebody without write access starts nothing, and is answered once", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply([]);
  const written = repository.published().length;
  const issue = await repository.openIssue({}, "stranger");
  await repository.label(issue, "tom");
  const word = await repository.settled(issue);
  expect(word).toBe(
    "**Not done**: tom may not ask for a draft: that takes write access to acme/sums.\n\nAsk somebody with write access to do it.",
  );
  await house.github.as("tom").unlabel("acme/sums", issue, "ai-generate");
  await repository.label(issue, "tom");
  await house.quiet();
  expect(await repository.comments(issue)).toEqual([word]);
  expect(house.asked()).toEqual([]);
  expect(repository.published()).toHaveLength(written);
});

test("/regenerate by a reader or a stranger starts nothing, and is answered once", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply([]);
  const written = repository.published().length;
  await repository.comment(draft, "/regenerate in Rust", "rita");
  expect(await repository.settled(draft)).toMatch(/^\*\*Not done\*\*: rita may not ask for a draft: /);
  await repository.comment(draft, "/regenerate in Zig", "stranger");
  expect(await repository.settled(draft)).toMatch(/^\*\*Not done\*\*: stranger may not ask for a draft: /);
  expect(await repository.comments(draft)).toHaveLength(1);
  expect(house.asked()).toEqual([]);
  expect(repository.published()).toHaveLength(written);
});

test("a command that is only shown, or edited in later, starts nothing and is not answered", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply([]);
  const before = repository.writes().length;
  await repository.comment(draft, "```\n/regenerate in code\n```");
  await repository.comment(draft, "> /regenerate quoted\n\nShould we?");
  await repository.comment(draft, "Type `/regenerate` to try again.");
  const { id } = await house.github.as("ada").comment("acme/sums", draft, "Nice.");
  await house.github
    .as("ada")
    .request("PATCH", `/repos/acme/sums/issues/comments/${id}`, { body: "/regenerate edited" });
  const issue = await repository.openIssue();
  await repository.comment(issue, "/regenerate on an issue");
  await house.quiet();
  expect(repository.writes()).toHaveLength(before);
  expect(house.asked()).toEqual([]);
});

test("/regenerate on a person's own pull request, or on a closed one, is refused with why", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply([]);
  await repository.push("by-hand", { "NOTES.md": "Mine.\n" });
  const { body: own } = await house.github
    .as("ada")
    .request("POST", "/repos/acme/sums/pulls", { title: "By hand", head: "by-hand", base: "main" });
  const written = repository.published().length;
  await repository.comment(own.number, "/regenerate");
  expect(await repository.settled(own.number)).toBe(
    `**Not done**: Pull request ${own.number} cannot be drafted again: somebody else opened it.\n\nOnly an open pull request that firstdraft opened can; label an issue to get one.`,
  );
  await house.github.as("ada").request("PATCH", `/repos/acme/sums/pulls/${draft}`, { state: "closed" });
  await repository.comment(draft, "/regenerate");
  expect(await repository.settled(draft)).toContain("cannot be drafted again: it is closed.");
  expect(house.asked()).toEqual([]);
  expect(repository.published()).toHaveLength(written);
});
