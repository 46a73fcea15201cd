import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { inOneStep, mended, proving, summary, sums, write } from "../helpers/sums.ts";

/** In parts: whoever searches this file is to find nothing. */
const slack = ["xoxb", "123456789012", "abcdefghijklmnopqrstuvwx"].join("-");

const shared = sharedHouse({
  repositories: {
    sums,
    open: { ...sums, ".github/firstdraft.yml": "exampleSecrets: [test/fixtures/**]\n" },
  },
});

async function draft(name: string) {
  const repository = shared().at(name);
  const issue = await repository.openIssue();
  await repository.label(issue);
  const word = await repository.settled(issue);
  const pull = (await repository.pulls()).find(({ head }) => head.ref === `firstdraft/issue-${issue}`);
  return { word, pull };
}

test("what has the form of a secret goes back to the model, which takes it out", async () => {
  const house = shared();
  house.reply([
    ...inOneStep(proving, mended, write("src/key.js", `// The key.\nexport const key = "${slack}";\n`)),
    { tools: [write("src/key.js", "export const key = process.env.KEY;\n")] },
    { text: summary },
  ]);
  const { word, pull } = await draft("sums");
  expect(word).toContain("**Verified**");
  expect(pull.body).toContain("1 round of verification");
  const told = JSON.stringify(house.asked()[2]?.body.messages.at(-1));
  expect(told).toContain("has the form of a secret");
  expect(told).toContain("- src/key.js:2: slack");
  expect(told).not.toContain(slack);
  const { tree } = await house.at("sums").get(`/git/trees/${pull.head.sha}?recursive=1`);
  expect(tree.map(({ path }: { path: string }) => path)).toContain("src/key.js");
});

test("a token that stays is not published: file, line and rule are said, not the value", async () => {
  const house = shared();
  const published = house.at("sums").published().length;
  const kept = { text: "It has to stay." };
  house.reply([
    ...inOneStep(proving, mended, write("test/fixtures/keys.txt", `# keys\n${slack}\n`)),
    ...[kept, kept, kept],
  ]);
  const { word, pull } = await draft("sums");
  expect(word).toContain(
    `**Stopped**: The change adds what has the form of a secret (slack) at test/fixtures/keys.txt:2, so nothing was published.`,
  );
  expect(word).toContain("under exampleSecrets in .github/firstdraft.yml");
  expect(word).not.toContain(slack);
  expect(pull).toBeUndefined();
  expect(house.at("sums").published()).toHaveLength(published);
});

test("what the repository allows as an example is published, and redacted in words", async () => {
  const house = shared();
  const [first] = inOneStep(proving, mended, write("test/fixtures/keys.txt", `${slack}\n`));
  house.reply([first ?? {}, { text: `The fixture holds ${slack}.` }]);
  const { word, pull } = await draft("open");
  expect(word).toContain("**Verified**");
  expect(pull.body).toContain("redacted");
  expect(pull.body).not.toContain(slack);
});
