import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { assessed } from "../helpers/assessed.ts";
import { checkEnded, suiteEnded } from "../helpers/checks.ts";
import { expectKept } from "../helpers/kept-text.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { edit, inOneStep, mended, proved, proving, summary, sums } from "../helpers/sums.ts";
import { until } from "../helpers/until.ts";

const shared = sharedHouse({ env: { FIRSTDRAFT_ASK: "yes" }, repositories: { sums } });
const kept = (name: string, text: string) =>
  expectKept(join(import.meta.dirname, "story", `${name}.md`), text);

// Eight runs, one after the other.
test("one pull request, from the question to the merge", async () => {
  const house = shared();
  const repository = house.at("sums");
  const grace = house.github.as("grace");
  const said = async (number: number) => (await repository.comments(number)).join("\n\n---\n\n");

  // Ada labels an issue that leaves something open: she is asked first.
  house.reply(assessed());
  const issue = await repository.openIssue();
  await repository.label(issue, "ada");
  await repository.settled(issue);
  kept("0-asked", await said(issue));

  // Grace answers, and there is a draft that proves itself.
  house.reply(proved);
  await repository.comment(issue, "1. It throws.", "grace");
  await repository.settled(issue);
  kept("1-drafted-issue", await said(issue));
  const [{ number }] = await repository.pulls();
  const pull = () => repository.get(`/pulls/${number}`);
  const first = await pull();
  expect(first).toMatchObject({ draft: true, title: "[Verified] add subtracts" });
  kept("1-drafted-pull-request", first.body);

  // Grace wants something changed: one commit more, and an answer in her thread.
  const thread = await grace.reviewComment("acme/sums", number, {
    ...{ path: "src/sums.js", line: 1, body: "Say what it returns." },
  });
  const revised = inOneStep(edit("src/sums.js", "export const add", "// The sum.\nexport const add"));
  house.reply(
    revised.map((reply) =>
      "tools" in reply ? reply : { ...reply, text: `${summary}\n\n**Remarks**\n\n- 1 — it says so now` },
    ),
  );
  await grace.review("acme/sums", number, "One thing is missing.", "REQUEST_CHANGES");
  await repository.settled(number);
  const second = await pull();
  kept("2-revised-pull-request", second.body);
  kept("2-revised-comment", await said(number));
  const remarks = await repository.get(`/pulls/${number}/comments`);
  const answer = remarks.find((one: { in_reply_to_id?: number }) => one.in_reply_to_id === thread.id);
  kept("2-revised-answer", answer.body);

  // A check of the repository's own is red: one commit more, and it is green.
  house.reply(inOneStep(edit("src/sums.js", "// The sum.", "// The sum of both.")));
  await checkEnded(house, "sums", second.head.sha, "failure", "FAIL: a comment is too short");
  await suiteEnded(house, "sums", issue, second.head.sha);
  await until("it is corrected", async () => (await pull()).head.sha !== second.head.sha);
  await house.quiet();
  kept("3-corrected-comment", await said(issue));
  const third = await pull();
  await checkEnded(house, "sums", third.head.sha, "success");
  await suiteEnded(house, "sums", issue, third.head.sha);
  await until("that is said", async () => (await pull()).body.includes("**green**"));
  kept("3-corrected-pull-request", (await pull()).body);

  // Ada would like it another way, and it comes to less: what was better stays.
  house.reply([...inOneStep(mended), ...Array(9).fill({ text: summary })]);
  await repository.comment(number, "/regenerate Without a test.", "ada");
  await repository.settled(number);
  kept("4-came-to-less-comment", await said(number));
  expect((await pull()).head.sha).toBe(third.head.sha);

  // Another one is as good, and is shown.
  house.reply(inOneStep(mended, proving));
  await repository.comment(number, "/regenerate On one line.", "ada");
  await repository.settled(number);
  kept("5-regenerated-pull-request", (await pull()).body);
  kept("5-regenerated-comment", await said(number));

  // They take the first one after all.
  await repository.comment(number, "/use 1", "grace");
  await repository.settled(number);
  const used = await pull();
  expect(used.head.sha).toBe(first.head.sha);
  kept("6-used-pull-request", used.body);
  kept("6-used-comment", await said(number));

  // Ada says that it is ready, which is hers to say, and merges it.
  const ada = house.github.as("ada");
  const { node_id: id } = await ada
    .request("GET", `/repos/acme/sums/pulls/${number}`)
    .then(({ body }) => body);
  const query =
    "mutation markReady($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }";
  await ada.request("POST", "/graphql", { query, variables: { id } });
  expect(await ada.request("PUT", `/repos/acme/sums/pulls/${number}/merge`, {})).toMatchObject({
    status: 200,
  });
  await until("its price is known", async () => (await house.ledger.costs())[0]?.merged === 1);
  await house.quiet();
  expect(await repository.comments(issue)).toHaveLength(1);
  expect(await repository.comments(number)).toHaveLength(1);
  expect(await repository.pulls()).toHaveLength(1);
}, 600_000);
