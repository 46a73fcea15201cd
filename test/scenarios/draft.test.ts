import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { proved, sums } from "../helpers/sums.ts";
import { anIssue } from "../helpers/test-repository.ts";

const shared = sharedHouse({ repositories: { sums }, commentPause: 0 });

test("a label leads to a draft pull request that carries its proof", async () => {
  const house = shared();
  const repository = house.at("sums");
  house.reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  const word = await repository.settled(issue);
  expect(word).toMatch(
    /^\*\*Draft\*\*: #2, attempt 1\.\n\n\*\*Verified\*\*: a test fails on the base, passes here, /,
  );
  expect(word).toMatch(/\$0\.\d+ · 2 model turns · /);

  const comments = house.github.requests
    .filter(({ method, path }) => method !== "GET" && path.includes("/comments"))
    .map(({ body }) => (body as { body: string }).body);
  expect(comments[0]).toMatch(/^\*\*Queued\*\*: `ada` asked for a draft of this\./);
  expect(comments.slice(1, -1).every((text) => text.startsWith("**Working**: "))).toBe(true);
  expect(comments.join("\n")).toMatch(
    /\*\*Working\*\*: running the tests \(\$0\.\d+ of at most \$2\.00 spent\)\./,
  );
  expect(await repository.comments(issue)).toEqual([word]);

  const [pull, ...others] = await repository.pulls();
  expect(others).toEqual([]);
  expect(pull).toMatchObject({
    ...{ number: 2, draft: true, state: "open", title: `[Verified] ${anIssue.title}` },
    base: { ref: "main" },
    head: { ref: `firstdraft/issue-${issue}` },
    user: { login: "firstdraft[bot]" },
  });
  expect(pull.body.split("\n")[0]).toBe(
    "**Verified**: a test fails on the base, passes here, and nothing that passed before broke.",
  );
  expect(pull.body).toContain("| `adds` in `test/add.test.js` | absent | failed (assertion) | passed |");
  expect(pull.body).toContain(`\nCloses #${issue}\n`);
  expect(pull.body).toContain(
    `### Where to look first\n\n- [\`src/sums.js:1\`](${house.github.url}/acme/sums/blob/${pull.head.sha}/src/sums.js#L1): the largest part of the change`,
  );
  expect(pull.body).toContain(
    "- sums are sums — shown by `adds`: fails without the change, passes with it\n- nothing else changes — not verified\n",
  );
  expect(pull.body).toContain("| the issue's text | `ada` |");

  const commit = await repository.get(`/git/commits/${pull.head.sha}`);
  const base = await repository.get("/git/ref/heads/main");
  expect(commit.parents.map(({ sha }: { sha: string }) => sha)).toEqual([base.object.sha]);
  expect(commit.author.name).toBe("firstdraft[bot]");
  const [, run = ""] = /\nFirstdraft-Run: ([0-9a-f]{12})\n/.exec(commit.message) ?? [];
  expect(await readdir(join(house.dataDir, "runs"))).toEqual([expect.stringMatching(`^${run}[0-9a-f]{12}$`)]);
  const { check_runs: checks } = await repository.get(`/commits/${pull.head.sha}/check-runs`);
  expect(checks).toHaveLength(1);
  expect(checks[0]).toMatchObject({
    name: "firstdraft",
    conclusion: "success",
    output: { title: "Verified" },
  });
  // The tree that was proved is the tree that was published.
  expect(checks[0].output.summary).toContain(`Tree ${commit.tree.sha}, from base tree `);
  expect(house.asked()).toHaveLength(2);

  expect(repository.published()).toEqual([
    "POST git/trees",
    "POST git/commits",
    // The attempt, kept for later, and then the branch.
    "POST git/tags",
    "POST git/refs",
    "POST git/refs",
    "POST pulls",
    "POST check-runs",
    "POST labels",
    "POST issues/N/labels",
  ]);
  expect(pull.labels).toMatchObject([{ name: "firstdraft: verified", color: "2da44e" }]);
  const [labelled] = house.github.deliveries.filter(({ payload }) => payload.action === "labeled");
  expect(labelled?.status).toBe(200);
  expect(await house.leaks()).toEqual([]);

  const piece = Buffer.from(house.secrets.webhookSecret).toString("hex").slice(9, 23);
  await writeFile(join(house.dataDir, "leaked"), `..${piece}..`);
  expect(await house.leaks()).toHaveLength(1);
});
