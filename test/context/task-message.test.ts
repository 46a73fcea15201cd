import { expect, test } from "@jest/globals";
import { systemPrompt } from "../../src/context/system-prompt.ts";
import { taskMessage } from "../../src/context/task-message.ts";

const issue = { number: 7, title: "Wrong total", body: "It adds up wrongly.", author: "someone" };
const nonce = "n0nce";
const task = (given: Partial<Parameters<typeof taskMessage>[0]>) =>
  taskMessage({ issue, guidance: null, feedback: [], nonce, ...given });

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
  const { text, hidden } = task({
    issue: { ...issue, title: "T\u200bitle", body: "b <!-- SECRET -->" },
    guidance: "g <!-- SECRET -->",
    feedback,
  });

  expect(text).not.toContain("SECRET");
  expect(text).toContain("# Title");
  expect(text).toContain("rev on src/a.ts:3:\nno");
  expect(hidden.map(({ removed }) => removed)).toEqual([
    [{ kind: "zero-width character", count: 1 }],
    [{ kind: "comment", count: 1 }],
    [{ kind: "comment", count: 1 }],
    [{ kind: "comment", count: 1 }],
  ]);
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

  const { text } = task({
    issue: { ...issue, body: "y".repeat(5_000_000) },
    guidance: "",
    feedback: Array(200).fill(remark),
  });

  expect(text.length).toBeLessThan(120_000);
  expect(text).toContain("[cut here:");
});

test("the system prompt is short and always the same", () => {
  expect(Buffer.byteLength(systemPrompt())).toBeLessThan(5_000);
  expect(systemPrompt()).toBe(systemPrompt());
});
