import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { inOneStep, mended, proved, proving, sums, write } from "../helpers/sums.ts";

const configured = (text: string) => ({ ...sums, ".github/firstdraft.yml": text });
const shared = sharedHouse({
  repositories: {
    unknown: configured("label: draft\ntset: npm test\n"),
    wrong: configured("limits:\n  turns: 5\n  usd: lots\n"),
    broken: configured("test: [npm\n"),
    own: configured("label: draft-me\n"),
    open: configured('allow: [".github/workflows/docs.yml"]\n'),
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

test("a protected path that the repository allows is in the draft, and the first thing that it says to look at", async () => {
  const house = shared();
  const repository = house.at("open");
  const [docs, ci] = [".github/workflows/docs.yml", ".github/workflows/ci.yml"];
  house.reply(inOneStep(proving, mended, write(docs, "on: push\n"), write(ci, "on: push\n")));
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  const [pull] = await repository.pulls();
  expect(pull.body).toMatch(
    /### Findings\n\n- \*\*Protected\*\* .*docs\.yml.*: A protected path, which this repository/,
  );
  expect(pull.body).toMatch(/### Where to look first\n\n- .*docs\.yml.*: a protected path/);
  expect(pull.body).toContain(
    `The model also changed \`${ci}\`; that was left out, since it is a protected path; \`allow:\``,
  );
  const { tree } = await repository.get(`/git/trees/${pull.head.sha}?recursive=1`);
  const paths = tree.map(({ path }: { path: string }) => path);
  expect([paths.includes(docs), paths.includes(ci)]).toEqual([true, false]);
});
