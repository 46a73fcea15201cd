/** One test in a file's text: from its declaration to the next one. */
export interface TestBlock {
  readonly name: string;
  /** Counted from 1. */
  readonly line: number;
  readonly lines: readonly string[];
}

const declarations = [
  /\b(?:it|test|specify)(?:\.\w+)*\s*\(\s*(["'`])(?<name>.+?)\1/, // JavaScript, TypeScript
  /^\s*(?:async\s+)?def\s+(?<name>test\w*)\s*\(/, // Python
  /^func\s+(?<name>Test\w+)\s*\(/, // Go
  /^\s*(?:pub\s+)?(?:async\s+)?fn\s+(?<name>\w+)\s*\(/, // Rust
  /^\s*(?:public\s+|final\s+)*void\s+(?<name>\w+)\s*\(/, // Java
  /^\s*(?:TEST|TEST_F|TEST_P|TYPED_TEST)\s*\(\s*\w+\s*,\s*(?<name>\w+)/, // GoogleTest
  /^\s*(?:TEST_CASE|SCENARIO)\s*\(\s*"(?<name>[^"]+)"/, // Catch2
];

/** The tests in the text of one file, in their order, as far as their declarations stand in one line. */
export function testBlocks(text: string): TestBlock[] {
  const lines = text.split("\n").map((line) => line.slice(0, 2_000));
  const starts = lines.flatMap((line, index) => {
    const name = declarations
      .map((pattern) => pattern.exec(line)?.groups?.name)
      .find((found) => found !== undefined);
    return name === undefined ? [] : [{ name, index }];
  });
  return starts.map(({ name, index }, at) => ({
    name,
    line: index + 1,
    lines: lines.slice(index, starts[at + 1]?.index ?? lines.length),
  }));
}
