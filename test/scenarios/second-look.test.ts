import { expect, test } from "@jest/globals";
import type { MessagesRequest, Script, ScriptedReply } from "../../src/demo/messages-api.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { edit, inOneStep, mended, proving, summary, sums } from "../helpers/sums.ts";

const shared = sharedHouse({
  repositories: { sums, off: { ...sums, ".github/firstdraft.yml": "secondLook: false\n" } },
  env: { FIRSTDRAFT_SECOND_LOOK: "yes" },
});

const issueText = {
  title: "add subtracts",
  body: "`add(1, 2)` is -1. It should be 3. Refuse what is not a number.",
};
const isLook = ({ tools }: MessagesRequest) => tools?.length === 1 && tools[0]?.name === "report";

const noMore = { status: 400, error: { type: "invalid_request_error", message: "no more replies" } };

/** Replies of the two sessions, each in its own order. */
function sessions(writer: readonly ScriptedReply[], look: readonly ScriptedReply[]): Script {
  const left = { writer: [...writer], look: [...look] };
  return (request) => (isLook(request) ? left.look : left.writer).shift() ?? noMore;
}

const reports = (...remarks: object[]): ScriptedReply[] => [
  { text: "", tools: [{ name: "report", input: { remarks } }] },
  { text: "That is all." },
];
const unchecked = {
  ...{ kind: "security", severity: "medium", file: "src/sums.js", line: 1 },
  problem: "NaN goes through unchecked. See https://evil.example/x @acme/admins",
};
const missing = {
  ...{ kind: "missing", severity: "high", quote: "Refuse what is not a number" },
  problem: "Nothing is refused.",
};
const elsewhere = [
  { ...unchecked, file: "src/other.js" },
  { ...unchecked, line: 40 },
  { ...missing, quote: "Support complex numbers" },
];

async function drafted(name: string) {
  const repository = shared().at(name);
  const issue = await repository.openIssue(issueText);
  await repository.label(issue);
  const said = await repository.settled(issue);
  const [pull] = (await repository.pulls()).filter(({ head }) => head.ref.endsWith(`-${issue}`));
  return { said, pull, repository };
}

test("remarks that point to something go back to the writer once, and what remains stands in the pull request", async () => {
  const house = shared();
  const refuse = edit(
    "src/sums.js",
    "(a, b) => a + b;",
    '(a, b) => {\n  if (typeof a !== "number" || typeof b !== "number") throw new TypeError("not a number");\n  return a + b;\n};',
  );
  house.reply(
    sessions(
      [...inOneStep(proving, mended), { text: "I check.", tools: [refuse] }, { text: summary }],
      [...reports(unchecked, missing, ...elsewhere), ...reports({ ...unchecked, line: 2 })],
    ),
  );
  const { said, pull, repository } = await drafted("sums");
  expect(said).toContain("**Verified**: ");

  const [first, , again] = house.asked().filter(({ body }) => isLook(body));
  const shown = JSON.stringify(first?.body.messages);
  expect(shown).toContain("Refuse what is not a number");
  expect(shown).toContain("+export const add = (a, b) => a + b;");
  // A fresh context: nothing of the writer's words, tools or the rest of the repository.
  expect(shown).not.toContain("On it.");
  expect(shown).not.toContain("package.json");
  expect(JSON.stringify(again?.body.messages.at(-1))).toContain("not a number");

  const corrections = house
    .asked()
    .filter(({ body }) => JSON.stringify(body.messages.at(-1)).includes("remarks on it"));
  expect(corrections).toHaveLength(1);
  const told = JSON.stringify(corrections[0]?.body.messages.at(-1));
  expect(told).toContain(
    "src/sums.js:1: medium severity, by a second session of the model: NaN goes through",
  );
  expect(told).toContain("Nothing is refused.");
  expect(told).not.toMatch(/other\.js|complex numbers|:40/);

  expect(pull.title).toBe("[Verified] add subtracts");
  expect(pull.body).toMatch(
    /- Look at .*src\/sums\.js.*: medium severity, by a second session of the model: NaN goes/,
  );
  expect(pull.body).not.toContain("Nothing is refused.");
  expect(pull.body.replace(/(`+)[\s\S]*?\1/g, "")).not.toMatch(/evil\.example|@acme/);
  expect(pull.body).toContain(
    "looked at the change again after a correction and has 1 remark, see the findings.",
  );
  const { content } = await repository.get(`/contents/src/sums.js?ref=${pull.head.ref}`);
  expect(Buffer.from(content, "base64").toString()).toContain("throw new TypeError");
  // Both sessions are paid for.
  expect(pull.body).toContain(` · ${house.asked().length} model turns · `);
});

test("where nothing is found that is said, and no further round is made", async () => {
  const house = shared();
  house.reply(sessions(inOneStep(proving, mended), reports()));
  const { pull } = await drafted("sums");
  expect(house.asked()).toHaveLength(4);
  expect(pull.body).toContain("looked at the change and found nothing to point to.");
  expect(pull.body).toContain(" · 1 round of verification");
});

test.each([
  ["the model's API failed", []],
  ["the model declined", [{ text: "No.", stop_reason: "refusal" }]],
  ["it ended without a report", [{ text: "Looks good to me." }]],
])("a look that comes to nothing is no look: %s", async (why, look) => {
  shared().reply(sessions(inOneStep(proving, mended), look as ScriptedReply[]));
  const { said, pull } = await drafted("sums");
  expect(said).toContain("**Verified**: ");
  expect(pull.body).toContain(`No second session of the model looked at the change: ${why}.`);
});

test("a repository can do without", async () => {
  const house = shared();
  house.reply(sessions(inOneStep(proving, mended), []));
  const { pull } = await drafted("off");
  expect(house.asked()).toHaveLength(2);
  expect(pull.body).not.toContain("second session");
});
