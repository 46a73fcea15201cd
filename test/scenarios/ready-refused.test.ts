import { expect, test } from "@jest/globals";
import { checkEnded, suiteEnded } from "../helpers/checks.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";
import type { TestRepository } from "../helpers/test-repository.ts";
import { until } from "../helpers/until.ts";

const config = (ready: string) => ({ ...sums, ".github/firstdraft.yml": `ready: ${ready}\n` });
const shared = sharedHouse({
  env: { FIRSTDRAFT_CI_MINUTES: "60" },
  repositories: { verified: config("verified"), green: config("ci-green") },
});

const refused = "Not marked as ready for review:";
const pullOf = async (repository: TestRepository, number: number) => repository.get(`/pulls/${number}`);
const saysAll = async (repository: TestRepository, number: number, ...words: string[]) => {
  const { body } = await pullOf(repository, number);
  return words.every((one) => body.includes(one));
};

/** Nobody may mark a pull request as ready for review. */
const refuse = () =>
  shared().github.fail({ method: "POST", path: /graphql$/, told: /markReady/, status: 403, times: 1000 });

async function drafted(repository: TestRepository) {
  shared().reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  const [pull] = await repository.pulls();
  return { issue, number: pull.number as number, head: pull.head.sha as string };
}

test.each(["verified", "green"])(
  "%s: why GitHub refused it stays with each new word on the checks, until it is granted",
  async (name) => {
    const house = shared();
    const repository = house.at(name);
    refuse();
    const { issue, number, head } = await drafted(repository);
    const isAtOnce = name === "verified";
    expect(await saysAll(repository, number, "**waiting**", refused)).toBe(isAtOnce);
    await checkEnded(house, name, head, "success");
    await suiteEnded(house, name, issue, head);
    await until("it is said", () => saysAll(repository, number, "**green**"));
    await house.quiet();
    expect(await saysAll(repository, number, refused)).toBe(true);
    await checkEnded(house, name, head, "success", undefined, "another");
    await suiteEnded(house, name, issue, head);
    await until("it is said", () => saysAll(repository, number, "another"));
    await house.quiet();
    expect(await saysAll(repository, number, "**green**", refused)).toBe(true);
    expect(await pullOf(repository, number)).toMatchObject({ draft: true });
    house.github.heal();
    await suiteEnded(house, name, issue, head);
    await until("it is marked", async () => (await pullOf(repository, number)).draft === false);
    await house.quiet();
    expect(await saysAll(repository, number, refused)).toBe(false);
  },
);
