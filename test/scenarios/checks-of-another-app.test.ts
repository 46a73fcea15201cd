import { expect, test } from "@jest/globals";
import { checkedDraft, comment, firstAsked } from "../helpers/checked-draft.ts";
import { sharedHouse } from "../helpers/shared-house.ts";
import { sums } from "../helpers/sums.ts";

const shared = sharedHouse({ repositories: { told: sums, silent: sums } });

const remark = (annotation_level: string, start_line: number, message: string) => ({
  ...{ path: "src/sums.js", start_line, end_line: start_line, annotation_level, message },
});

test("a failed check of another App goes back with its summary, its remarks on lines, failures first, and its text", async () => {
  const house = shared();
  const draft = await checkedDraft(house, "told");
  const notices = Array.from({ length: 60 }, (_, at) => remark("notice", 1, `notice ${at}`));
  const text = [
    ...Array.from({ length: 3000 }, (_, at) => `looked at file ${at}`),
    "Error: add has no comment",
    `key ${house.secrets.apiKey}`,
  ];
  await draft.check(
    {
      name: "lint",
      conclusion: "failure",
      output: {
        ...{ title: "1 problem", summary: "Exported functions need comments.", text: text.join("\n") },
        annotations: [...notices, remark("failure", 2, "negate has no comment either")],
      },
    },
    "other-ci",
  );
  house.reply(comment);
  await draft.told();
  const asked = firstAsked(house);
  for (const said of [
    "1 problem",
    "Exported functions need comments.",
    "src/sums.js:2: negate has no comment either",
    "src/sums.js:1: notice: notice 0",
    "Error: add has no comment",
  ])
    expect(asked).toContain(said);
  expect(asked.indexOf("negate has")).toBeLessThan(asked.indexOf("notice 0"));
  expect(asked).not.toContain("looked at file 7\\n");
  expect(asked).not.toContain(house.secrets.apiKey);
  const { body, head } = await draft.now();
  expect(head.sha).not.toBe(draft.head);
  expect(body).toContain("for checks that failed");
  expect(house.github.requests.some(({ path }) => /\/actions\/jobs\//.test(path))).toBe(false);
});

test("of one that says nothing at all that is told, and the pull request says it", async () => {
  const house = shared();
  const draft = await checkedDraft(house, "silent");
  const check = { name: "deploy / preview", conclusion: "failure", details_url: "https://ci.example/1" };
  await draft.check(check, "other-ci");
  house.reply(comment);
  await draft.told();
  const asked = firstAsked(house);
  expect(asked).toContain("deploy / preview:");
  expect(asked).toContain("It says nothing more than that it failed.");
  expect(await draft.body()).toContain("| what a failed check says, which does not say why |");
});
