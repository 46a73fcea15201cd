import { expect, test } from "@jest/globals";
import { sharedHouse } from "../helpers/shared-house.ts";
import { edit, inOneStep, mended, proved, proving, summary, sums } from "../helpers/sums.ts";
import type { TestRepository } from "../helpers/test-repository.ts";

const shared = sharedHouse({ repositories: { sums, theirs: sums, unknown: sums } });

/** The right change with nothing that proves it, however often it is sent back. */
const unproved = [...inOneStep(mended), ...Array(9).fill({ text: summary })];

async function drafted(repository: TestRepository): Promise<{ issue: number; number: number; head: string }> {
  shared().reply(proved);
  const issue = await repository.openIssue();
  await repository.label(issue);
  await repository.settled(issue);
  const pull = (await repository.pulls()).find(({ head }) => head.ref === `firstdraft/issue-${issue}`);
  return { issue, number: pull.number, head: pull.head.sha };
}

test("an attempt that comes to less is kept beside the better one, and /use shows either", async () => {
  const house = shared();
  const repository = house.at("sums");
  const { issue, number, head: first } = await drafted(repository);
  house.reply(unproved);
  await repository.comment(number, "/regenerate Without a test, please.", "grace");
  const word = await repository.settled(number);
  expect(word).toMatch(
    new RegExp(
      `^\\*\\*Draft\\*\\*: #${number} keeps attempt 1\\. Attempt 2 came to less, and is kept beside it: \\*\\*Tests pass\\*\\*: .*\\n\\nComment \`/use 2\` `,
    ),
  );
  const kept = await repository.get(`/pulls/${number}`);
  expect(kept).toMatchObject({ title: "[Verified] add subtracts", head: { sha: first } });
  expect(kept.body).toMatch(/\*\*Verified\*\*: /);

  const refs = await repository.get(`/git/matching-refs/firstdraft/issue-${issue}/`);
  expect(refs.map(({ ref }: { ref: string }) => ref)).toEqual(
    [1, 2].map((attempt) => `refs/firstdraft/issue-${issue}/attempt-${attempt}`),
  );
  const table = (shown: number, body: string) => {
    const rows = body.split("\n").filter((line) => /^\| (\*\*)?\d/.test(line) && line.includes("/compare/"));
    expect(rows).toEqual([
      expect.stringMatching(
        /^\| \S+ \| Verified \| \$0\.\d+ \| \+6 −1 in 2 files \| \[compare\]\(http\S+\/compare\/[0-9a-f]{40}\.\.\.[0-9a-f]{40}\) \|$/,
      ),
      expect.stringMatching(/^\| \S+ \| Tests pass \| \$0\.\d+ \| \+1 −1 in 1 file \| \[compare\]/),
    ]);
    expect(rows.findIndex((row) => row.startsWith("| **"))).toBe(shown - 1);
  };
  table(1, kept.body);
  const { object } = await repository.get(`/git/tags/${refs[1].object.sha}`);

  house.reply([]);
  await repository.comment(number, "/use 2", "grace");
  expect(await repository.settled(number)).toMatch(
    new RegExp(
      `^\\*\\*Draft\\*\\*: #${number} shows attempt 2 again, as \`grace\` asked\\.\\n\\n\\*\\*Tests pass\\*\\*`,
    ),
  );
  const shown = await repository.get(`/pulls/${number}`);
  expect(shown).toMatchObject({
    title: "[Tests pass] add subtracts",
    head: { sha: object.sha },
    draft: true,
  });
  expect(shown.body).toMatch(/^\*\*Tests pass\*\*: /);
  table(2, shown.body);
  const labels = await repository.get(`/issues/${number}/labels`);
  expect(labels.map(({ name }: { name: string }) => name)).toEqual(["firstdraft: tests pass"]);

  await repository.comment(number, "Better as it was.\n\n/use 1", "ada");
  await repository.settled(number);
  expect(await repository.get(`/pulls/${number}`)).toMatchObject({ title: kept.title, body: kept.body });
  expect(house.asked()).toEqual([]);

  // Each attempt counts, whichever is shown.
  house.reply(inOneStep(proving, edit("src/sums.js", "a - b", "b + a")));
  await repository.comment(number, "/regenerate", "ada");
  expect(await repository.settled(number)).toMatch(
    new RegExp(`^\\*\\*Draft\\*\\*: #${number}, attempt 3\\.`),
  );
  expect(await repository.pulls()).toHaveLength(1);
  expect(await repository.comments(number)).toHaveLength(1);
});

test("/use of an attempt that there is not says which there are", async () => {
  const house = shared();
  const repository = house.at("unknown");
  const { number, head } = await drafted(repository);
  for (const [asked, what] of [
    ["/use 7", "There is no attempt 7 of this pull request."],
    ["/use", "/use takes the number of an attempt."],
    ["/use the first", "/use takes the number of an attempt."],
  ]) {
    await repository.comment(number, String(asked), "ada");
    expect(await repository.settled(number)).toBe(
      `**Stopped**: ${what}\n\nThere is 1; comment for example /use 1.`,
    );
  }
  expect((await repository.pulls())[0].head.sha).toBe(head);
});

test("/use overwrites nobody's commit", async () => {
  const house = shared();
  const repository = house.at("theirs");
  const { issue, number } = await drafted(repository);
  const theirs = await repository.push(`firstdraft/issue-${issue}`, { "mine.js": "// Mine.\n" }, "grace");
  await repository.comment(number, "/use 1", "ada");
  expect(await repository.settled(number)).toContain(
    `**Stopped**: The branch firstdraft/issue-${issue} has a commit that firstdraft did not make, and attempt 1 would take it off: ${theirs.slice(0, 12)} by grace`,
  );
  expect((await repository.get(`/git/ref/heads/firstdraft/issue-${issue}`)).object.sha).toBe(theirs);
});
