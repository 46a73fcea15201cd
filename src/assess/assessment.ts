import { z } from "zod";

/** Questions that one person is asked at once. */
const mostQuestions = 3;
const line = (characters: number) => z.string().trim().min(1).max(characters);

export const assessment = z.strictObject({
  /** Whether the issue leaves open what is expected. */
  open: z.boolean(),
  /** Why it does, or why not. */
  reason: line(500),
  questions: z.array(z.strictObject({ question: line(300), proposal: line(300) })).max(mostQuestions),
  /** Paths that are likely to change. */
  files: z.array(line(200)).max(20),
  tests: z.array(line(200)).max(10),
  risks: z.array(line(200)).max(5),
  /** Lines that are likely to be added and deleted. */
  lines: z.int().min(0).max(1_000_000),
  /** Into which smaller issues it could be broken. */
  parts: z.array(z.strictObject({ title: line(100), body: line(600) })).max(8),
});

/** What the model makes of a task before it begins: its own words, whatever they say. */
export type Assessment = z.infer<typeof assessment>;
