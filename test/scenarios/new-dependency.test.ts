import { afterAll, expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { inOneStep, mended, proving, summary, sums, write } from "../helpers/sums.ts";
import { startRegistries } from "../verify/dependencies/registries.ts";

const configured = (text: string) => ({ ...sums, ".github/firstdraft.yml": `setup: null\n${text}` });
const registries = await startRegistries({ "sums-kit": { days: 2 } });
afterAll(async () => {
  await registries[Symbol.asyncDispose]();
});
const shared = sharedHouse({
  repositories: {
    once: configured("limits:\n  rounds: 0\n"),
    again: configured(""),
    offline: configured("network: none\n"),
  },
  env: { ...registries.env, FIRSTDRAFT_SETUP_ENV: Object.keys(registries.env).join(",") },
});

const manifest = (dependencies: object) =>
  write("package.json", JSON.stringify({ ...JSON.parse(`${sums["package.json"]}`), dependencies }, null, 2));

async function draftOf(name: string) {
  const repository = shared().at(name);
  const issue = await repository.openIssue();
  await repository.label(issue);
  const word = await repository.settled(issue);
  const [pull] = await repository.pulls();
  const { check_runs: checks } = await repository.get(`/commits/${pull?.head.sha}/check-runs`);
  const body: string = pull?.body ?? "";
  return {
    word,
    body,
    findings: body.split("### Findings\n\n")[1]?.split("\n\n")[0]?.split("\n") ?? [],
    checks,
  };
}

test("a package that does not exist fails the draft and is its first finding; a young one follows", async () => {
  shared().reply(inOneStep(proving, mended, manifest({ "sums-kit": "1", "sums-invented": "1" })));
  const { word, body, findings, checks } = await draftOf("once");
  const sentence = "**Failed**: the change depends on a package that its registry does not have.";
  expect(word).toContain(sentence);
  expect(body.split("\n")[0]).toBe(sentence);
  expect(findings[0]).toMatch(/^- \*\*Blocking\*\* .*package\.json/);
  expect(findings[0]).toContain(
    'The new dependency "sums-invented" does not exist in npm\'s registry: whoever registers that name decides what it is.',
  );
  expect(findings[1]).toMatch(/^- Look at .*package\.json/);
  expect(findings[1]).toContain('The new dependency "sums-kit" (npm): first published 2 days ago, ');
  expect(checks[0].conclusion).toBe("failure");
});

test("the model is told, and a second round without the package is verified", async () => {
  const house = shared();
  const replies = [
    ...inOneStep(proving, mended, manifest({ "sums-invented": "1" })),
    ...inOneStep(manifest({})),
  ];
  house.reply((_, i) => replies[i] ?? { text: summary });
  const { word } = await draftOf("again");
  expect(word).toContain("**Verified**: ");
  const told = JSON.stringify(house.asked()[2]?.body.messages.at(-1));
  expect(told).toContain("verdict: failed (dependency-unknown)");
  expect(told).toMatch(
    /blocked: package\.json:\d+: The new dependency .{2,6}sums-invented.{2,6} does not exist/,
  );
});

test("without network a package is said to be unchecked, and nobody is asked", async () => {
  const before = registries.asked.length;
  shared().reply(inOneStep(proving, mended, manifest({ "sums-invented": "1" })));
  const { word, findings } = await draftOf("offline");
  expect(word).toContain("**Verified**: ");
  expect(findings[0]).toContain(
    'The new dependency "sums-invented" (npm) was not checked: this repository\'s configuration allows no network.',
  );
  expect(registries.asked).toHaveLength(before);
});
