import { expect, test } from "@jest/globals";
import { checkEnded, suiteEnded } from "../helpers/checks.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";
import type { TestRepository } from "../helpers/test-repository.ts";
import { nextSecond, until } from "../helpers/until.ts";

const shared = sharedHouse({
  env: { FIRSTDRAFT_CI_MINUTES: "60" },
  repositories: { queued: sums, later: sums },
});

async function drafted(repository: TestRepository) {
  shared().reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  const [pull] = await repository.pulls();
  return { issue, number: pull.number as number, head: pull.head.sha as string };
}
const body = async (repository: TestRepository, number: number): Promise<string> =>
  (await repository.get(`/pulls/${number}`)).body;
const onIssue = async (repository: TestRepository, issue: number) =>
  (await repository.comments(issue)).join("\n\n");

test("a correction that waits is cancelled: the issue still links the draft, and nothing is paid then or later", async () => {
  const house = shared();
  const repository = house.at("queued");
  const { issue, number, head } = await drafted(repository);
  const release = Promise.withResolvers<void>();
  house.reply(async ({ messages }) => {
    await release.promise;
    return proved[messages.filter(({ role }) => role === "assistant").length] ?? { text: "" };
  });
  const other = await repository.openIssue();
  await repository.label(other);
  await until("the other is at work", () => house.asked().length > 0);
  await checkEnded(house, "queued", head, "failure", "FAIL");
  await suiteEnded(house, "queued", issue, head);
  await until("it is queued", () => house.log.includes(`acme/queued#${issue}: checks: accepted`));
  expect(await body(repository, number)).toContain("correction 1 of at most 2");
  await nextSecond();
  await repository.comment(number, "/cancel", "grace");
  const why = "Its correction ended without a commit: grace cancelled it.";
  await until("it is said", async () => (await body(repository, number)).includes(why));
  const said = async () =>
    expect(await onIssue(repository, issue)).toMatch(
      new RegExp(
        `^\\*\\*Draft\\*\\*: #${number}, attempt 1\\.\n\n\\*\\*Checks\\*\\*: red, 0 of at most 2 corrections made\\.\n[^]+\\*\\*Stopped\\*\\*: grace cancelled this\\.\n[^]+It was waiting; nothing was spent\\.$`,
      ),
    );
  await until("the issue says it", async () => (await onIssue(repository, issue)).includes("**Stopped**"));
  await said();
  await suiteEnded(house, "queued", issue, head);
  release.resolve();
  await repository.settled(other);
  await house.quiet();
  const asked = house.asked().map(({ raw }) => raw);
  expect(asked.filter((text) => text.includes("These checks of the repository failed"))).toEqual([]);
  expect((await repository.get(`/pulls/${number}`)).head.sha).toBe(head);
  await said();
});

test("cancelled while a look is put off: it says later what it finds, and corrects nothing", async () => {
  const house = shared();
  const repository = house.at("later");
  const { issue, number, head } = await drafted(repository);
  await nextSecond();
  await repository.comment(issue, "/cancel", "ada");
  await until("it is answered", async () =>
    (await onIssue(repository, issue)).includes("**Not done**: There is nothing to cancel here"),
  );
  house.reply([]);
  await checkEnded(house, "later", head, "failure", "FAIL");
  await house.comeDue();
  const why = "Its correction ended without a commit: ada cancelled it before it was begun.";
  await until("it is said", async () => (await body(repository, number)).includes(why));
  expect(await body(repository, number)).toContain("Comment `/revise` for another commit.");
  await house.quiet();
  expect(house.asked()).toEqual([]);
  expect(await onIssue(repository, issue)).toMatch(
    /^\*\*Draft\*\*: .*\n\n\*\*Checks\*\*: red, 0 of at most 2/,
  );
});
