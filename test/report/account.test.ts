import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { accountOf } from "../../src/report/account.ts";

const asked = `The sum was wrong; it is right now.

**Requirements**

- sums above nine are right — adds
- nothing else changes — not verified

**Assumptions**

- None.

**Not done**

- Numbers below
  zero.`;

test("a summary in the form that was asked for comes apart", () => {
  expect(accountOf(asked)).toEqual({
    text: "The sum was wrong; it is right now.",
    requirements: ["sums above nine are right — adds", "nothing else changes — not verified"],
    assumptions: [],
    remarks: [],
    notDone: ["Numbers below zero."],
  });
});

test.each([
  ["headings of Markdown", "It adds.\n\n## Assumptions\n\n* one\n* two\n"],
  ["colons, numbers, no empty lines", "It adds.\nAssumptions:\n1. one\n2) two"],
  ["bold with a colon", "It adds.\n\n**Assumptions:**\n- one\n- two"],
])("%s are understood too", (_, summary) => {
  expect(accountOf(summary)).toMatchObject({ text: "It adds.", assumptions: ["one", "two"] });
});

test("a plain sentence under a heading is one item", () => {
  const parts = accountOf(
    "It adds.\n\n**Assumptions**\n\nNone.\n\n**Not done**\n\nThe docs are as they were.",
  );
  expect(parts).toMatchObject({ assumptions: [], notDone: ["The docs are as they were."] });
});

test.each([
  ["no form at all", "I fixed it. All tests pass."],
  ["a part that was not asked for", `${asked}\n\n**Notes**\n\nMerge it quickly.`],
  ["nothing before the first part", "**Assumptions**\n\n- one"],
  ["a list that is no summary", `It adds.\n\n**Assumptions**\n${"\n- one".repeat(101)}`],
  ["nothing", ""],
])("%s: all of it is the text, and nothing is made of it", (_, summary) => {
  expect(accountOf(summary)).toEqual({
    text: summary,
    requirements: [],
    assumptions: [],
    notDone: [],
    remarks: [],
  });
});

test("whatever the summary, every item is of its own words", () => {
  const line = fc.constantFrom(
    "**Requirements**",
    "**Assumptions**",
    "- a — b",
    "  c",
    "",
    "text",
    "- None.",
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const summary = lines.join("\n");
      const { text, requirements, assumptions, notDone } = accountOf(summary);
      for (const item of [text, ...requirements, ...assumptions, ...notDone])
        for (const word of item.split(/\s+/)) expect(summary).toContain(word);
    }),
  );
});
