import { type Check, checksIn } from "./assertions.ts";
import type { TestBlock } from "./test-blocks.ts";

/** Words that stand in nearly every test, and so tell nothing of its purpose. */
const common = new Set(
  `expect assert assertEquals assertThat assertTrue assertEqual equal equals toBe toEqual strictEqual deepEqual should require
  test tests describe self this return const let var function async await def func void public static final throws Test
  null None nil true false True False new for if else EXPECT_EQ ASSERT_EQ EXPECT_TRUE REQUIRE CHECK assert_eq err error string
  TEST TEST_F TEST_P TEST_CASE EXPECT_FALSE ASSERT_TRUE assert_ne assertFalse int testing with not is in the and to use fn pub mut Ok Some unwrap class import from auto std`.split(
    /\s+/,
  ),
);

/** What tells of the purpose of some lines: names, numbers, strings. */
export function wordsIn(lines: readonly string[]): Set<string> {
  const found = lines.join("\n").match(/[\p{L}_$][\p{L}\p{N}_$]+|\d+(?:\.\d+)?/gu) ?? [];
  return new Set(found.filter((word) => !common.has(word)));
}

/** Which part of `words` is among `others`, from 0 to 1; words of no purpose are alike to nothing. */
export function shareOf(words: ReadonlySet<string>, others: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of words) if (others.has(word)) shared++;
  return words.size === 0 ? 0 : shared / words.size;
}

/** What a test is about, to be compared with others. */
export interface Purpose {
  readonly words: ReadonlySet<string>;
  /** Those that stand in no other test beside it: what all of them name, as the function under test, tells none apart. */
  readonly telling: ReadonlySet<string>;
  readonly checks: readonly Check[];
  /** Those that no other test beside it makes in the same words. */
  readonly own: readonly Check[];
  readonly body: string;
  /** What it does before and between its checks: its lines without them and without comments. */
  readonly setup: string;
}

/** The purposes of all tests of one text. */
export function purposesOf(blocks: readonly TestBlock[]): ReadonlyMap<TestBlock, Purpose> {
  const all = blocks.map((block) => ({ block, words: wordsIn(withoutComments(block)) }));
  const counts = new Map<string, number>();
  for (const { words } of all) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const checks = new Map(blocks.map((block) => [block, checksIn(block).slice(0, 50)]));
  const texts = new Map<string, number>();
  for (const { text } of [...checks.values()].flat()) texts.set(text, (texts.get(text) ?? 0) + 1);
  return new Map(
    all.map(({ block, words }) => {
      const telling = new Set([...words].filter((word) => counts.get(word) === 1 && !/^\d$/.test(word)));
      const every = checks.get(block) ?? [];
      const own = every.filter(({ text }) => texts.get(text) === 1);
      return [
        block,
        { words, telling, checks: every, own, body: bodyOf(block), setup: setupOf(block, every) },
      ];
    }),
  );
}

/** Lines that are not only comment. */
const withoutComments = ({ lines, code }: TestBlock) =>
  lines.filter((_, index) => (code[index] ?? "").trim() !== "");

function setupOf({ lines, code, line, from }: TestBlock, checks: readonly Check[]): string {
  const checked = new Set(
    checks.flatMap(({ index, count }) => Array.from({ length: count }, (_, at) => index + at)),
  );
  return lines
    .filter((_, at) => at > line - from && !checked.has(at) && /\w/.test(code[at] ?? ""))
    .map((text) => text.trim())
    .join("\n");
}

/** What a test does: all but its declaration, as it is written. */
export function bodyOf({ lines, line, from }: TestBlock): string {
  const [first = "", ...rest] = lines.slice(line - from);
  return [first.replace(/^.*?(?:\{|=>|:\s*$)/, ""), ...rest].join("\n").trim();
}

/** Words and characters that are compared in one change: each test with each would be quadratic where all are new. */
const mostWork = 5_000_000;

/**
 * Tells how much of a test is in another, from 0; from 1 on it is the same test, whatever its name. When `work` is used up
 * nothing is alike any more but what is the same to the letter.
 */
export function likenessWithin(work = mostWork): (one: Purpose, other: Purpose) => number {
  let left = work;
  const spend = (cost: number) => {
    left -= cost;
    return left >= 0;
  };
  return (one, other) => {
    if (one.body !== "" && one.body === other.body) return 10;
    if (!spend(one.words.size) || shareOf(one.words, other.words) < 0.4) return 0;
    const open = [...other.checks];
    const kept = one.own.filter(({ text }) => {
      const at = open.findIndex((check) => isAlike(text, check.text, spend));
      if (at >= 0) open.splice(at, 1);
      return at >= 0;
    });
    const checked = one.own.length === 0 ? 0 : kept.length / one.own.length;
    const told = one.telling.size < 6 ? 0 : shareOf(one.telling, other.words);
    return Math.max(checked / 0.5, told / 0.6);
  };
}

/** Whether two checks differ in little but what they expect. */
function isAlike(one: string, other: string, spend: (cost: number) => boolean): boolean {
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
  if (!spend(1) || shorter.length < 0.85 * longer.length) return false;
  let start = 0;
  while (start < shorter.length && shorter[start] === longer[start]) start++;
  let end = 0;
  while (end < shorter.length - start && shorter.at(-1 - end) === longer.at(-1 - end)) end++;
  return spend(start + end) && start + end >= 0.85 * longer.length;
}
