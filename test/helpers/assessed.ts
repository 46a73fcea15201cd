import type { ScriptedReply } from "../../src/demo/messages-api.ts";

/** What a model could make of a task: something is open. */
export const found = {
  open: true,
  reason: "It does not say what `add` is to do with texts.",
  questions: [
    { question: "What is add('1', 2)?", proposal: "It throws a TypeError." },
    { question: "And of nothing, @grace?", proposal: "0" },
  ],
  files: ["src/sums.js", "test/sums.test.js"],
  tests: ["adds two numbers"],
  risks: ["callers that rely on texts"],
  lines: 12,
  parts: [] as { title: string; body: string }[],
};
/** The replies that say so, but for what is changed. */
export const assessed = (change: Partial<typeof found> = {}): ScriptedReply[] => [
  { tools: [{ name: "assess", input: { ...found, ...change } }] },
  { text: "Said." },
];
/** The change by which nothing is. */
export const clear = { open: false, reason: "It names the result.", questions: [] };
