import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import type { Fault } from "../../src/demo/github/types.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";
import { until } from "../helpers/until.ts";

const shared = sharedHouse({ repositories: { sums } });

/** A run that meets these faults: its issue, its last word so far, and what was published for it. */
async function runWith(...faults: Fault[]) {
  const house = shared();
  const repository = house.at("sums");
  house.reply(
    (_, i) => proved[i] ?? { status: 400, error: { type: "invalid_request_error", message: "none" } },
  );
  const issue = await repository.openIssue();
  const before = repository.published().length;
  for (const fault of faults) house.github.fail(fault);
  await repository.label(issue);
  const pulls = async () =>
    (await repository.pulls()).filter(({ head }) => head.ref === `firstdraft/issue-${issue}`);
  return {
    ...{ house, repository, issue, pulls },
    word: await repository.settled(issue),
    published: () => repository.published().slice(before),
    finally: async (pattern: RegExp) => {
      await until(`it says ${pattern}`, async () =>
        pattern.test((await repository.comments(issue)).join("\n")),
      );
      return repository.comments(issue);
    },
  };
}

const permission = /\/collaborators\/ada\/permission$/;

test("the question of who may ask fails for a moment: asked again", async () => {
  const { word, pulls } = await runWith({ path: permission, status: 500 });
  expect(word).toContain("**Verified**: ");
  expect(await pulls()).toHaveLength(1);
});

test("GitHub does not know who asks: nothing runs", async () => {
  const { word, house, published } = await runWith({ path: permission, status: 404 });
  expect(word).toMatch(/^\*\*Not done\*\*: GitHub does not find this in acme\/sums \(GET /);
  expect(house.asked()).toEqual([]);
  expect(published()).toEqual([]);
});

test("GitHub never says whether the person may: nothing runs, and that is said", async () => {
  const fault = { path: permission, status: 403, times: 6 };
  const { word, house, published } = await runWith(fault);
  expect(word).toMatch(
    /^\*\*Stopped\*\*: The run failed again and again: GitHub does not allow this in acme\/sums \(GET .*: Injected fault\)\. Give the token or the App the permissions that the README lists\./,
  );
  expect(house.asked()).toEqual([]);
  expect(published()).toEqual([]);
});

test("GitHub refuses the tree: nothing is published, and its words are shown", async () => {
  const { word, pulls, published } = await runWith({ method: "POST", path: /\/git\/trees$/, status: 422 });
  expect(word).toMatch(
    /^\*\*Stopped\*\*: GitHub refused this in acme\/sums \(POST .*\/git\/trees: 422 Injected fault\)\./,
  );
  expect(await pulls()).toEqual([]);
  expect(published()).toEqual(["POST git/trees"]);
});

test.each([
  [
    "the commit is forbidden",
    { method: "POST", path: /\/git\/commits$/, status: 403 },
    /GitHub does not allow this/,
  ],
  [
    "the limit of requests is met",
    {
      ...{ method: "POST", path: /\/git\/refs$/, status: 403 },
      headers: { "retry-after": "1" },
    },
    /GitHub's limit of requests is used up/,
  ],
] as const)(
  "%s at first: said, then tried again without asking the model again",
  async (_, fault, sentence) => {
    const run = await runWith(fault);
    expect(run.word).toMatch(sentence);
    expect(await run.finally(/\*\*Draft\*\*/)).toHaveLength(1);
    expect(await run.pulls()).toHaveLength(1);
    expect(run.house.asked()).toHaveLength(2);
  },
);

const silent = {
  status: "reset",
  carriedOut: true,
  before: () => delay(40_000, null, { ref: false }),
} as const;

test.each([
  ["pull request", { method: "POST", path: /\/pulls$/, status: "reset", carriedOut: true }],
  // Longer than an answer is waited for (`fetchInTime`).
  ["pull request, after 40 s,", { ...silent, method: "POST", path: /\/pulls$/ }],
  ["branch", { method: "POST", path: /\/git\/refs$/, status: 502, carriedOut: true }],
  ["first comment", { method: "POST", path: /\/issues\/\d+\/comments$/, status: "reset", carriedOut: true }],
  ["check run", { method: "POST", path: /\/check-runs$/, status: 502, carriedOut: true }],
] as const)("the answer is lost though the %s was made: there is no second one", async (_, fault) => {
  const run = await runWith(fault);
  const comments = await run.finally(/\*\*Draft\*\*/);
  expect(comments).toHaveLength(1);
  const pulls = await run.pulls();
  expect(pulls).toHaveLength(1);
  expect(pulls[0].title).toBe("[Verified] add subtracts");
  const { check_runs: checks } = await run.repository.get(`/commits/${pulls[0].head.sha}/check-runs`);
  expect(checks).toHaveLength(1);
  expect(run.house.asked()).toHaveLength(2);
});

test.each([
  ["uninstalled", 404, "Not Found"],
  ["suspended", 403, "This installation has been suspended"],
])(
  "the App is %s while the model works: the run ends there, and nothing is tried again",
  async (_, status, message) => {
    const house = shared();
    const repository = house.at("sums");
    const before = { published: repository.published().length, log: house.log.length };
    const issue = await repository.openIssue();
    const mint = /\/access_tokens$/;
    let refused = 0;
    house.reply((_request, i) => {
      if (i === 1) {
        // The tokens that it has are good for nothing any more either.
        house.github.fail({ path: /^\/repos\/acme\/sums(\/|$)/, status: 401, times: 3 });
        const count = async () => void refused++;
        house.github.fail({ path: mint, status, body: { message }, times: 1000, before: count });
      }
      return proved[i] ?? { text: "" };
    });
    await repository.label(issue);
    const ended = `acme/sums#${issue}: stopped (installation-gone)`;
    await until("the run ended", () => house.log.includes(ended));
    await house.quiet();
    expect(house.asked()).toHaveLength(2);
    expect(repository.published().slice(before.published)).toEqual([]);
    expect(house.log.slice(before.log).filter((line) => line.includes("given up"))).toEqual([]);
    // Two that published asks for, and the last word.
    expect(refused).toBeLessThanOrEqual(4);
    house.github.heal();
  },
);

test.each([
  ["check run", /\/check-runs$/],
  ["label", /\/issues\/\d+\/labels$/],
])("without the right to write a %s there is a draft all the same", async (thing, path) => {
  const body = { message: "Resource not accessible by integration" };
  const { word, pulls } = await runWith({ method: "POST", path, status: 403, body });
  expect(word).toContain("**Verified**: ");
  expect(word).toContain(`There is no ${thing}: `);
  expect(await pulls()).toHaveLength(1);
});
