import type { FeedbackItem } from "../github/feedback.ts";

/** The threads that remarks belong to, in their order: what a model answers, it answers by these numbers, from 1. */
export function threadsOf(feedback: readonly Pick<FeedbackItem, "thread">[]): readonly number[] {
  return [...new Set(feedback.flatMap(({ thread }) => (thread === undefined ? [] : [thread])))];
}

/** A remark's number, where it is in a thread that can be answered. */
export function numberIn(
  threads: readonly number[],
  { thread }: Pick<FeedbackItem, "thread">,
): number | null {
  return thread === undefined ? null : threads.indexOf(thread) + 1;
}

const answer = /^\[?(\d{1,3})\]?\s*[—–:.-]+\s*(\S.*)$/s;

/** What a model says of each thread, by the thread; the first word on one counts, and numbers that nothing has, or 0 has, count for nothing. */
export function answersOf(lines: readonly string[], threads: readonly number[]): ReadonlyMap<number, string> {
  const answers = new Map<number, string>();
  for (const line of lines) {
    const [, number, text = ""] = answer.exec(line) ?? [];
    const thread = threads[Number(number) - 1];
    if (thread !== undefined && thread > 0 && !answers.has(thread)) answers.set(thread, text.trim());
  }
  return answers;
}
