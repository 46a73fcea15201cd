import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { edit, inOneStep, mended, proving, summary, sums, write } from "../helpers/sums.ts";

/** In parts: whoever searches this file is to find nothing. */
const slack = ["xoxb", "123456789012", "abcdefghijklmnopqrstuvwx"].join("-");
const github = `ghs_${123456}_${["eyJhbGciOiJSUzI1NiJ9", "eyJpc3MiOiIxMjM0In0", "s".repeat(40)].join(".")}`;
const keyFile = `export const key = "${slack}";\nexport const more = 1;\n`;

const shared = sharedHouse({
  repositories: {
    sums,
    open: { ...sums, ".github/firstdraft.yml": "exampleSecrets: [test/fixtures/**]\n" },
    old: { ...sums, "src/key.js": keyFile },
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

test.each([
  ["a token", slack, "slack"],
  ["one of GitHub's newer kind", github, "github"],
])("%s that stays is not published: file, line and rule are said, not the value", async (_, value, rule) => {
  const house = shared();
  const published = house.at("sums").published().length;
  const kept = { text: "It has to stay." };
  house.reply([
    ...inOneStep(proving, mended, write("test/fixtures/keys.txt", `# keys\n${value}\n`)),
    ...[kept, kept, kept],
  ]);
  const { word, pull } = await draft("sums");
  expect(word).toContain(
    `**Stopped**: The change adds what has the form of a secret (${rule}) at test/fixtures/keys.txt:2, so nothing was published.`,
  );
  expect(word).toContain("under exampleSecrets in .github/firstdraft.yml");
  expect(word).not.toContain(value);
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

test("what stood in a file before is no reason to stop at a change to it", async () => {
  shared().reply(inOneStep(proving, mended, edit("src/key.js", "more = 1", "more = 2")));
  expect((await draft("old")).word).toContain("**Verified**");
});

test("a secret of the installation in a binary file is found as well", async () => {
  const house = shared();
  const program = `printf '\\0%s' ${house.secrets.webhookSecret} > src/data.bin`;
  house.reply(inOneStep(proving, mended, { name: "bash", input: { command: program } }));
  const { word, pull } = await draft("sums");
  expect(word).toContain("The change holds a secret of this installation");
  expect(pull).toBeUndefined();
});
