import { expect, test } from "@jest/globals";
import { longCommand } from "../helpers/long-command.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { bash, proved, sums } from "../helpers/sums.ts";
import type { TestRepository } from "../helpers/test-repository.ts";
import { nextSecond, until } from "../helpers/until.ts";

const sleep = longCommand();
const names = ["late", "again"];
const shared = sharedHouse({ repositories: Object.fromEntries(names.map((name) => [name, sums])) });

const word = (by: string) =>
  new RegExp(
    `^\\*\\*Stopped\\*\\*: ${by} cancelled this\\.\\n\\nTo start again, take the label off and add it again; on a pull request, comment /regenerate\\.`,
  );

/** Waits for what is said below how a run stands. */
const noted = (repository: TestRepository, issue: number, what: RegExp) =>
  until(`${what} is said`, async () => what.test((await repository.comments(issue)).join()));

test("what is delivered late is held against what was asked for before it alone", async () => {
  const house = shared();
  const repository = house.at("late");
  const deliver = (event: string, action: string, more: object) =>
    house.deliver(event, {
      ...{
        action,
        sender: { login: "ada", type: "User" },
        installation: { id: house.github.installationId() },
      },
      repository: { name: "late", owner: { login: "acme" }, archived: false, private: false },
      ...more,
    });
  const issue = await repository.openIssue();
  // The label itself, by somebody who may not ask: what asks is delivered below.
  await repository.label(issue, "tom");
  await repository.settled(issue);
  const about = async (at: string) => ({ ...(await repository.get(`/issues/${issue}`)), updated_at: at });
  const commentAt = async (at: string) =>
    deliver("issue_comment", "created", {
      issue: await about(at),
      comment: { id: 999_999, body: "/cancel", created_at: at },
    });
  // Asked for at ten, cancelled at eleven, and the two arrive the wrong way round.
  await commentAt("2026-01-01T11:00:00Z");
  await repository.settled(issue);
  house.reply(proved);
  const labelAt = async (at: string) =>
    deliver("issues", "labeled", { issue: await about(at), label: { name: "ai-generate" } });
  await labelAt("2026-01-01T10:00:00Z");
  expect(await repository.settled(issue)).toBe(
    "**Not done**: ada cancelled this.\n\nTo start again, take the label off and add it again; on a pull request, comment /regenerate.",
  );
  expect(house.asked()).toEqual([]);
  // Asked for again at noon: neither the cancellation that is known nor one that comes late counts.
  const release = Promise.withResolvers<void>();
  house.reply(async (_request, at) => {
    if (at === 0) await release.promise;
    return proved[at] ?? { text: "" };
  });
  await labelAt("2026-01-01T12:00:00Z");
  await until("the model is asked", () => house.asked().length > 0);
  await commentAt("2026-01-01T11:30:00Z");
  await noted(repository, issue, /\*\*Not done\*\*: There is nothing to cancel here/);
  release.resolve();
  await noted(repository, issue, /^\*\*Draft\*\*/);
});

test("delivered again it does nothing more, and a label right behind it starts anew", async () => {
  const house = shared();
  const repository = house.at("again");
  house.reply([{ text: "First.", tools: [bash(`${sleep.command} || true`)] }, ...proved]);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await until("the command runs", () => sleep.pids().length > 0);
  house.reply(proved);
  await nextSecond();
  await repository.comment(issue, "/cancel", "ada");
  await house.github.as("ada").unlabel("acme/again", issue, "ai-generate");
  await nextSecond();
  await repository.label(issue);
  let said = await repository.settled(issue);
  while (!said.startsWith("**Draft**")) {
    expect(said).toMatch(word("ada"));
    said = await repository.settled(issue);
  }
  expect(await repository.pulls()).toHaveLength(1);
  const before = repository.writes().length;
  const delivery = house.github.deliveries.findLast(({ event, payload }) => {
    const { comment } = payload as { comment?: { body?: string } };
    return event === "issue_comment" && comment?.body === "/cancel";
  });
  expect(await house.github.redeliver(delivery?.guid ?? "")).toBe(200);
  await house.quiet();
  expect(repository.writes()).toHaveLength(before);
});
