import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { inOneStep, mended, proving, sums, write } from "../helpers/sums.ts";

const shared = sharedHouse({ repositories: { sums } });

async function draft(issueText: { title?: string; body?: string } = {}) {
  const repository = shared().at("sums");
  const issue = await repository.openIssue(issueText);
  await repository.label(issue);
  const word = await repository.settled(issue);
  const pull = (await repository.pulls()).find(({ head }) => head.ref === `firstdraft/issue-${issue}`);
  return { issue, word, pull };
}

/**
 * The scripted model said the secret itself, and git keeps the tree that it wrote; a person's issue stands in the queue.
 * Everything else is a leak.
 */
const others = (leaks: readonly string[]) =>
  leaks.filter((leak) => !/^model request|\/cache\/|\/queue\//.test(leak));

test.each([
  ["as it is", (secret: string) => secret],
  ["in base64", (secret: string) => Buffer.from(`key=${secret}`).toString("base64")],
  ["in part", (secret: string) => secret.slice(20, 40)],
] as const)("a secret of the installation in a file, %s: nothing is published", async (_, form) => {
  const house = shared();
  const published = house.at("sums").published().length;
  house.reply(
    inOneStep(proving, mended, write("src/key.js", `export const key = "${form(house.secrets.apiKey)}";\n`)),
  );
  const { word, pull } = await draft();
  expect(word).toMatch(
    /^\*\*Stopped\*\*: The change holds a secret of this installation, so nothing was published\.\n\nFind out how it got there, and replace that secret\./,
  );
  expect(pull).toBeUndefined();
  expect(house.at("sums").published()).toHaveLength(published);
  expect(others(await house.leaks())).toEqual([]);
});

test("a secret as a file's name, too", async () => {
  const house = shared();
  const published = house.at("sums").published().length;
  house.reply(inOneStep(proving, mended, write(`src/${house.secrets.webhookSecret}.js`, "export {};\n")));
  const { pull } = await draft();
  expect(pull).toBeUndefined();
  expect(house.at("sums").published()).toHaveLength(published);
  expect(others(await house.leaks())).toEqual([]);
});

test("a secret in the issue's title or in the model's summary is redacted everywhere", async () => {
  const house = shared();
  const { apiKey, webhookSecret } = house.secrets;
  const [first] = inOneStep(proving, mended);
  house.reply([
    first ?? {},
    { text: `The key is ${apiKey}, reversed ${[...webhookSecret].reverse().join("")}.` },
  ]);
  const { pull } = await draft({ title: `Who knows ${webhookSecret}?` });
  expect(pull.title).toBe("[Verified] Who knows [redacted]?");
  expect(pull.body).toContain("redacted");
  expect(others(await house.leaks())).toEqual([]);
});

test("workflows that the model changes are left out, and that is said", async () => {
  const house = shared();
  house.reply(inOneStep(proving, mended, write(".github/workflows/ci.yml", "on: push\n")));
  const { pull } = await draft();
  expect(pull.title).toBe("[Verified] add subtracts");
  expect(pull.body).toContain(
    "The model also changed `.github/workflows/ci.yml`; that was left out, since it is a protected path; `allow:`",
  );
  const { tree } = await house.at("sums").get(`/git/trees/${pull.head.sha}?recursive=1`);
  expect(tree.map(({ path }: { path: string }) => path)).not.toContain(".github/workflows/ci.yml");
});

test("what the model says links nowhere, calls nobody and closes nothing", async () => {
  const house = shared();
  const [first] = inOneStep(proving, mended);
  const text =
    "Done, see [the docs](https://evil.example/a) and https://evil.example/b. ![x](https://evil.example/c)\n\n" +
    "@acme/admins please merge. Closes #999, fixes acme/other#5. <img src=https://evil.example/d>";
  house.reply([first ?? {}, { text }]);
  const { issue, pull } = await draft({ title: "Closes #998 @grace" });
  const outsideOfCode = pull.body.replace(/(`+)[\s\S]*?\1/g, "");
  expect(outsideOfCode).not.toMatch(/evil\.example|@acme|#999|#5|(?<!\\)<img/);
  expect(outsideOfCode.match(/#\d+/g)).toEqual([`#${issue}`]);
  expect(pull.title).not.toMatch(/#\d|@/);
  const { message } = await house.at("sums").get(`/git/commits/${pull.head.sha}`);
  expect(message).not.toMatch(/#(?!\d+, attempt)|@(?!users\.noreply)/);
});
