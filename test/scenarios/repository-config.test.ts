import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";

const configured = (text: string) => ({ ...sums, ".github/firstdraft.yml": text });
const shared = sharedHouse({
  repositories: {
    unknown: configured("label: draft\ntset: npm test\n"),
    wrong: configured("limits:\n  turns: 5\n  usd: lots\n"),
    broken: configured("test: [npm\n"),
    own: configured("label: draft-me\n"),
  },
});

test.each([
  ["unknown", '.github/firstdraft.yml, line 2: "tset" is not a key.\n\nDid you mean "test"?'],
  [
    "wrong",
    '.github/firstdraft.yml, line 3: "limits.usd" has a value that it cannot have.\n\nIt takes US dollars above 0.',
  ],
])("a mistake in the repository's configuration is said with its line and a hint: %s", async (name, said) => {
  const house = shared();
  const repository = house.at(name);
  house.reply([]);
  const issue = await repository.openIssue();
  await repository.label(issue);
  expect(await repository.settled(issue)).toBe(`**Stopped**: ${said}`);
  expect(house.asked()).toEqual([]);
  expect(repository.published()).toEqual([]);
});

test("a configuration that is no YAML", async () => {
  const repository = shared().at("broken");
  const issue = await repository.openIssue();
  await repository.label(issue);
  expect(await repository.settled(issue)).toMatch(
    /^\*\*Stopped\*\*: \.github\/firstdraft\.yml, line [12]: it is not valid YAML\.\n\nCorrect the YAML there\.$/,
  );
});

test("only the very label asks for a draft: the operator's, or the repository's own", async () => {
  const house = shared();
  const repository = house.at("own");
  house.reply(proved);
  const issue = await repository.openIssue();
  for (const label of ["bug", "ai-generate-not", "AI-Generate", "draft", "draft-me-not"])
    await repository.label(issue, "ada", label);
  await house.quiet();
  expect(repository.writes()).toEqual([]);
  expect(house.asked()).toEqual([]);
  await repository.label(issue, "ada", "draft-me");
  expect(await repository.settled(issue)).toContain("**Verified**: ");
});
