import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";
import { until } from "../helpers/until.ts";

const shared = sharedHouse({ repositories: { uploading: sums, opening: sums, drafting: sums, ended: sums } });
const cancelled = /^\*\*Stopped\*\*: ada cancelled this\./;

/** The repository's branches and the attempts that are kept. */
async function refs(name: string): Promise<string[]> {
  const kinds = ["heads/", "firstdraft/"].map((kind) => shared().at(name).get(`/git/matching-refs/${kind}`));
  return (await Promise.all(kinds)).flat().map(({ ref }) => ref);
}

/** Cancels what is at work, and waits until that is known. */
async function cancel(name: string, issue: number): Promise<void> {
  const before = shared().stopped();
  await shared().at(name).comment(issue, "/cancel");
  await until("the run knows", () => shared().stopped() > before);
}

test("while the commit is made: no branch, no attempt, no pull request", async () => {
  const house = shared();
  const repository = house.at("uploading");
  house.reply(proved);
  const issue = await repository.openIssue();
  const before = () => cancel("uploading", issue);
  house.github.fail({ method: "POST", path: /^\/repos\/acme\/uploading\/git\/commits$/, before });
  await repository.label(issue);
  expect(await repository.settled(issue)).toMatch(cancelled);
  expect(await refs("uploading")).toEqual(["refs/heads/main"]);
  expect(await repository.pulls()).toEqual([]);
});

test("while a pull request cannot be opened: branch and attempt are taken back, and the next is the first", async () => {
  const house = shared();
  const repository = house.at("opening");
  house.reply(proved);
  const issue = await repository.openIssue();
  let asked = false;
  const before = async () => {
    if (asked) return;
    asked = true;
    expect(await refs("opening")).toHaveLength(3);
    await cancel("opening", issue);
  };
  const path = /^\/repos\/acme\/opening\/pulls$/;
  house.github.fail({ method: "POST", path, status: 502, times: 20, before });
  await repository.label(issue);
  expect(await repository.settled(issue)).toMatch(cancelled);
  house.github.heal();
  expect(await refs("opening")).toEqual(["refs/heads/main"]);
  house.reply(proved);
  await house.github.as("ada").unlabel("acme/opening", issue, "ai-generate");
  await repository.label(issue);
  expect(await repository.settled(issue)).toMatch(/^\*\*Draft\*\*: #\d+, attempt 1\./);
});

test("while another attempt cannot be shown: the pull request stays with the one before", async () => {
  const house = shared();
  const repository = house.at("drafting");
  house.reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  const [pull] = await repository.pulls();
  await repository.push("main", { "docs/later.md": "Later.\n" });
  let asked = false;
  const before = async () => {
    if (asked) return;
    asked = true;
    await cancel("drafting", pull.number);
  };
  const path = new RegExp(`^/repos/acme/drafting/pulls/${pull.number}$`);
  house.github.fail({ method: "PATCH", path, status: 502, times: 20, before });
  house.reply(proved);
  await repository.comment(pull.number, "/regenerate", "ada");
  expect(await repository.settled(pull.number)).toMatch(cancelled);
  house.github.heal();
  const now = await repository.get(`/pulls/${pull.number}`);
  expect([now.head.sha, now.title, now.body]).toEqual([pull.head.sha, pull.title, pull.body]);
  expect(await repository.get(`/git/matching-refs/firstdraft/issue-${issue}/`)).toHaveLength(1);
});

test("when the pull request is there it stays, and that it was too late is said", async () => {
  const house = shared();
  const repository = house.at("ended");
  house.reply(proved);
  const issue = await repository.openIssue();
  const before = () => cancel("ended", issue);
  house.github.fail({ method: "POST", path: /^\/repos\/acme\/ended\/pulls$/, before });
  await repository.label(issue);
  const late = "**Not done**: The run had come to its end when it was cancelled.";
  await until("it is said", async () => (await repository.comments(issue)).join().includes(late));
  expect((await repository.comments(issue)).join()).toMatch(/^\*\*Draft\*\*: #\d+, attempt 1\./);
  expect(await repository.pulls()).toHaveLength(1);
});
