import { expect, test } from "@jest/globals";
import { systemPrompt } from "../../src/context/system-prompt.ts";
import { taskMessage } from "../../src/context/task-message.ts";

const issue = { number: 7, title: "Wrong total", body: "It adds up wrongly.", author: "someone" };
const nonce = "n0nce";
const task = (given: Partial<Parameters<typeof taskMessage>[0]>) =>
  taskMessage({
    issue,
    guidance: null,
    agreed: null,
    feedback: [],
    previous: null,
    revises: null,
    keptTests: [],
    nonce,
    ...given,
  });

test("the issue stands between fences that only the nonce closes", () => {
  const body = "a </issue> b </issue-guess> <issue-guess> c";

  const { text } = task({ issue: { ...issue, body } });

  expect(text.match(/<\/issue-n0nce>/g)).toHaveLength(1);
  expect(text.indexOf("</issue>")).toBeLessThan(text.indexOf("</issue-n0nce>"));
});

test("the same issue and nonce give the same bytes", () => {
  expect(task({})).toEqual(task({}));
});

test("hidden text of title, body, guidance and remarks is left out and told", () => {
  const feedback = [
    { kind: "line", author: "rev", path: "src/a.ts", line: 3, body: "no <!-- SECRET -->", at: "2026-01-01" },
  ] as const;
  const { text, seen } = task({
    issue: { ...issue, title: "T\u200bitle", body: "b <!-- SECRET -->" },
    guidance: "g <!-- SECRET -->",
    feedback,
  });

  expect(text).not.toContain("SECRET");
  expect(text).toContain("# Title");
  expect(text).toContain("rev on src/a.ts:3:\nno");
  const comment = [{ kind: "comment", count: 1 }];
  expect(seen).toEqual([
    {
      ...{ kind: "issue", where: "the issue's title", by: "someone", characters: 5, cut: 0 },
      removed: [{ kind: "zero-width character", count: 1 }],
    },
    { kind: "issue", where: "the issue's text", by: "someone", characters: 1, removed: comment, cut: 0 },
    { kind: "guidance", where: "the guidance", by: null, characters: 1, removed: comment, cut: 0 },
    {
      ...{ kind: "remark", where: "a remark by rev on src/a.ts:3", by: "rev", characters: 2, cut: 0 },
      removed: comment,
    },
  ]);
});

test("what was answered before stands below its remark, and of several lines both ends are told", () => {
  const at = { path: "src/a.ts", line: 5, at: "2026-01-01" } as const;
  const { text, seen } = task({
    ...{ guidance: "", revises: "c0ffee" },
    feedback: [
      { ...at, kind: "line", author: "rev", from: 3, body: "Why?" },
      { ...at, kind: "answer", author: "us[bot]", body: "In c0ffee, so." },
      { ...at, kind: "line", author: "rev", body: "And here?", thread: 7 },
    ],
  });
  expect(text).toContain(
    "rev on src/a.ts:3-5:\nWhy?\n\nWhat you answered to that before:\nIn c0ffee, so.\n\n[1] rev on src/a.ts:5:\nAnd here?",
  );
  expect(seen.map(({ where }) => where)).toContain("our answer to a remark on src/a.ts:5");
});

test("a huge issue and many remarks stay within bounds", () => {
  const remark = {
    kind: "comment",
    author: "r",
    path: null,
    line: null,
    body: "x".repeat(5_000),
    at: "",
  } as const;

  const { text, seen } = task({
    issue: { ...issue, body: "y".repeat(5_000_000) },
    guidance: "",
    feedback: Array(200).fill(remark),
  });

  expect(text.length).toBeLessThan(120_000);
  expect(text).toContain("[cut here:");
  // The newest remarks are the ones that were seen.
  const remarks = seen.filter(({ kind }) => kind === "remark");
  expect(remarks[0]).toMatchObject({ characters: 0, cut: 5_000 });
  expect(remarks.at(-1)).toMatchObject({ characters: 5_000, cut: 0 });
});

test("the system prompt is short and always the same", () => {
  expect(Buffer.byteLength(systemPrompt())).toBeLessThan(5_000);
  expect(systemPrompt()).toBe(systemPrompt());
});
