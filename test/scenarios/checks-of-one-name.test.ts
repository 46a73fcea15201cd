import { expect, test } from "@jest/globals";
import { checkedDraft, comment, firstAsked } from "../helpers/checked-draft.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { sums } from "../helpers/sums.ts";

const ready = { ...sums, ".github/firstdraft.yml": "ready: ci-green\n" };
const shared = sharedHouse({
  repositories: {
    apps: sums,
    passes: ready,
    fails: ready,
    matrix: ready,
    "at-once": ready,
    after: ready,
    suites: sums,
  },
});

test("two Apps' checks of one name are two checks: the one that failed goes back", async () => {
  const house = shared();
  const draft = await checkedDraft(house, "apps");
  await draft.check({ conclusion: "failure", output: { title: "", summary: "Theirs." } }, "other-ci");
  await draft.check({ conclusion: "success", log: "Ours is fine." });
  house.reply(comment);
  await draft.told();
  expect(firstAsked(house)).toContain("Theirs.");
  expect(firstAsked(house)).not.toContain("Ours is fine.");
  expect((await draft.now()).head.sha).not.toBe(draft.head);
});

test("run again, the later attempt counts: failed and then passed is flaky, and green", async () => {
  const house = shared();
  const draft = await checkedDraft(house, "passes");
  await draft.check({ conclusion: "failure", log: "FAIL" });
  await draft.check({ conclusion: "success", run_attempt: 2 });
  house.reply([]);
  expect(await draft.told()).toMatch(/\*\*green\*\*\.[\s\S]*\| `build` \| `github-actions` \| flaky \|/);
  expect(await draft.now()).toMatchObject({ draft: false });
  expect(house.asked()).toEqual([]);
});

test("passed and then failed is flaky too, and neither green nor corrected", async () => {
  const house = shared();
  const draft = await checkedDraft(house, "fails");
  await draft.check({ conclusion: "success" });
  await draft.check({ conclusion: "failure", run_attempt: 2 });
  house.reply([]);
  const said = await draft.told();
  expect(said).toContain("**flaky**: 1 check failed last, and passed on this very commit before");
  expect(said).toContain("| `build` | `github-actions` | flaky, red now |");
  expect(await draft.onIssue()).toContain("**Checks**: flaky, and red now.");
  expect(await draft.now()).toMatchObject({ draft: true });
  expect(house.asked()).toEqual([]);
});

test("in a matrix whose jobs share a name each counts, whichever comes last", async () => {
  const house = shared();
  const draft = await checkedDraft(house, "matrix");
  await draft.check({ conclusion: "failure", run_attempt: 1, log: "FAIL on one of them" });
  await draft.check({ conclusion: "success", run_attempt: 1, log: "fine on the other" });
  house.reply(comment);
  await draft.told();
  expect(firstAsked(house)).toContain("FAIL on one of them");
  expect(firstAsked(house)).not.toContain("fine on the other");
});

test.each([
  // What began before the other ended is none of its second run.
  ["at-once", "2026-01-01T00:00:01Z", "red, not known at the base"],
  ["after", "2026-01-01T00:00:09Z", "flaky"],
])(
  "where attempts cannot be read times tell them: begun %s, %s, it is %s",
  async (name, started_at, word) => {
    const house = shared();
    const draft = await checkedDraft(house, name);
    const path = new RegExp(`^/repos/acme/${name}/actions/jobs/\\d+$`);
    house.github.fail({ method: "GET", path, status: 403, times: 50 });
    await draft.check({
      ...{ conclusion: "failure", log: "FAIL" },
      ...{ started_at: "2026-01-01T00:00:00Z", completed_at: "2026-01-01T00:00:05Z" },
    });
    await draft.check({ conclusion: "success", started_at, completed_at: "2026-01-01T00:00:19Z" });
    house.reply([{ text: "There is nothing to do." }]);
    const said = await draft.told();
    house.github.heal();
    expect(said).toContain(`| \`build\` | \`github-actions\` | ${word} |`);
    expect(said.includes("**green**")).toBe(word === "flaky");
    expect(house.asked().length > 0).toBe(word !== "flaky");
  },
);

test("of two workflows with a job of one name the one that fails is red, whatever the other says", async () => {
  const house = shared();
  const draft = await checkedDraft(house, "suites");
  await draft.check({ conclusion: "failure", suite: "one", log: "FAIL of one" }, "actions");
  await draft.check({ conclusion: "success", suite: "two", log: "two is fine" }, "actions");
  house.reply(comment);
  await draft.told();
  expect(firstAsked(house)).toContain("FAIL of one");
  expect(firstAsked(house)).not.toContain("two is fine");
});
