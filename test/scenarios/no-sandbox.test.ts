import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";

const shared = sharedHouse({
  repositories: { sums },
  env: { FIRSTDRAFT_SANDBOX: "none", FIRSTDRAFT_ACCEPT_NO_SANDBOX: "yes" },
});

test("without a sandbox nothing of a public repository is run, whoever asks", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  expect(await repository.settled(issue)).toBe(
    "**Stopped**: The sandbox is switched off, and this repository is public: anybody's code would have this user's rights here.\n\n" +
      "Set FIRSTDRAFT_SANDBOX=bubblewrap; without a sandbox only private repositories are worked on.",
  );
  expect(house.asked()).toEqual([]);
  expect(repository.published()).toEqual([]);
});
