import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { broken, inOneStep, mended, proved, sums } from "../helpers/sums.ts";

const once = { ...sums, ".github/firstdraft.yml": "limits:\n  rounds: 0\n" };
const shared = sharedHouse({ repositories: { sums, once } });

test("what fails goes back to the model, and the second round is verified", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply([...inOneStep(broken), ...proved.map((reply) => ({ ...reply }))].map(restored));
  const issue = await repository.openIssue();
  await repository.label(issue);
  expect(await repository.settled(issue)).toContain("**Verified**: ");

  const asked = house.asked();
  expect(asked).toHaveLength(4);
  const feedback = JSON.stringify(asked[2]?.body.messages.at(-1));
  expect(feedback).toContain("verdict: failed (tests-broken)");
  expect(feedback).toContain("test/sums.test.js: adds nothing");
  expect(feedback).toContain("test/sums.test.js: negates");
  // While the first round was read and proved, nothing of the model's was running.
  expect(JSON.stringify(asked[3]?.body.messages.at(-1))).toContain(
    "The tools had stopped and were started anew",
  );
  const [pull] = await repository.pulls();
  expect(pull.body).toContain(" · 2 rounds of verification · ");
});

/** The second attempt starts from the broken file. */
function restored(reply: (typeof proved)[number], i: number): (typeof proved)[number] {
  if (i !== 2 || !("tools" in reply)) return reply;
  const content = "export const add = (a, b) => a + b;\nexport const negate = (a) => -a;\n";
  const whole = { name: "write", input: { file_path: "src/sums.js", content } };
  return { ...reply, tools: [reply.tools?.[0] ?? whole, whole] };
}

test("a change without a test of its own only passes", async () => {
  const house = shared();
  const repository = house.at("once");
  house.reply(inOneStep(mended));
  const issue = await repository.openIssue();
  await repository.label(issue);
  const sentence =
    "**Tests pass**: the suite is green, but the change adds no test that fails without it, so nothing proves it.";
  expect(await repository.settled(issue)).toContain(sentence);
  const [pull] = await repository.pulls();
  expect(pull).toMatchObject({ draft: true, title: "[Tests pass] add subtracts" });
  expect(pull.body.split("\n")[0]).toBe(sentence);
  const { check_runs: checks } = await repository.get(`/commits/${pull.head.sha}/check-runs`);
  expect(checks[0]).toMatchObject({ conclusion: "neutral", output: { title: "Tests pass" } });
});

test("a change that breaks a test says so first, and its check is red", async () => {
  const house = shared();
  const repository = house.at("once");
  house.reply(inOneStep(broken));
  const issue = await repository.openIssue();
  await repository.label(issue);
  const sentence = "**Failed**: tests that passed before fail here.";
  expect(await repository.settled(issue)).toContain(sentence);
  const [pull] = (await repository.pulls()).filter(({ head }) => head.ref.endsWith(`-${issue}`));
  expect(pull).toMatchObject({ draft: true, title: "[Failed] add subtracts" });
  expect(pull.body.split("\n")[0]).toBe(sentence);
  expect(pull.body).toContain("| `negates` in `test/sums.test.js` | passed | passed | failed (assertion) |");
  const { check_runs: checks } = await repository.get(`/commits/${pull.head.sha}/check-runs`);
  expect(checks[0]).toMatchObject({ conclusion: "failure", output: { title: "Failed" } });
});
