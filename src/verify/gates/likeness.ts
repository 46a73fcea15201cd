/** Words that stand in nearly every test, and so tell nothing of its purpose. */
const common = new Set(
  `expect assert assertEquals assertThat assertTrue assertEqual equal equals toBe toEqual strictEqual deepEqual should require
  test tests describe self this return const let var function async await def func void public static final throws Test
  null None nil true false True False new for if else EXPECT_EQ ASSERT_EQ EXPECT_TRUE REQUIRE CHECK assert_eq err error string
  int testing with not is in the and to use fn pub mut Ok Some unwrap class import from auto std`.split(
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
  if (words.size === 0) return 0;
  return [...words].filter((word) => others.has(word)).length / words.size;
}
