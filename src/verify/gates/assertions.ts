/** What checks something in a test, in the languages whose runners are known. */
const assertion =
  /\b(expect|should|assert\w*|ASSERT_\w+|EXPECT_\w+|REQUIRE\w*|CHECK\w*)\b|\bassert(_eq|_ne)?!|\bself\.(assert|fail)\w*|\bpytest\.(raises|warns|approx)|\bt\.(is|not|deepEqual|equal|notEqual|same|throws|ok|true|false|match|Error|Errorf|Fatal|Fatalf)\b|\brequire\.[A-Z]\w*/;

/** Checks that hold for nearly everything. */
const loose =
  /\.(toBeDefined|toBeTruthy|toBeFalsy|not\.toBeNull|not\.toBeUndefined|not\.toThrow)\(|\bexpect\.(anything|any)\(|\b(assertTrue|assertIsNotNone|assertIsInstance|assertIn|assertNotNull|assert_not_none)\b|\bassert\.(ok|isOk|isDefined|exists)\(|\b(EXPECT|ASSERT)_(TRUE|NO_THROW|NE)\b|\.toBeInstanceOf\(|typeof\b/;

/** Checks that cannot fail. */
const idle = [
  /\bexpect\(\s*(true|1)\s*\)\s*\.(toBe|toEqual|toStrictEqual)\(\s*\1\s*\)/,
  /\bexpect\(\s*(true|1)\s*\)\.(toBeTruthy|toBeDefined)\(/,
  /\bexpect\(\s*([\w.[\]]+)\s*\)\.(toBe|toEqual|toStrictEqual)\(\s*\1\s*\)/,
  /\bassert(\.ok|\.isTrue|\.isOk)?\(\s*(true|1)\s*[,)]/,
  /\bassert\.(equal|strictEqual|deepEqual|deepStrictEqual)\(\s*([\w.[\]]+)\s*,\s*\2\s*[,)]/,
  /^\s*assert\s+(True|1)\b\s*(,|$)/,
  /^\s*assert\s+([\w.[\]()]+)\s*==\s*\1\s*(,|$)/,
  /\bself\.assertTrue\(\s*True\b/,
  /\bself\.assertEqual\(\s*([\w.[\]]+)\s*,\s*\1\s*[,)]/,
  /\bassert!\(\s*true\s*[,)]/,
  /\b(assertTrue\(\s*true|assertFalse\(\s*false)\s*[,)]/,
  /\b(EXPECT|ASSERT)_TRUE\(\s*true\s*\)|\b(REQUIRE|CHECK)\(\s*true\s*\)/,
  /\b(expect|assert)\b.*\|\|\s*true\b|^\s*assert\b.*\bor\s+True\b/,
];

/** What lets a test go on when a check in it has failed. */
const swallowing = [
  /\bcatch\s*(\([^)]*\))?\s*\{\s*(\/\/.*)?\}/,
  /\.catch\(\s*(\(\s*\w*\s*\)|\w+)\s*=>\s*(\{\s*\}|null|undefined|void 0)\s*\)/,
  /^\s*except(\s+(Exception|AssertionError|BaseException)(\s+as\s+\w+)?)?\s*:\s*(pass\b.*)?$/,
  /\bcontextlib\.suppress\(\s*(Exception|AssertionError|BaseException)/,
];

export const isAssertion = (line: string): boolean =>
  assertion.test(line) && !/^\s*(import|from|using|#include|use)\b/.test(line);

export const isLoose = (line: string): boolean => isAssertion(line) && loose.test(line);

export const isIdle = (line: string): boolean => idle.some((pattern) => pattern.test(line));

export const isSwallowing = (line: string): boolean => swallowing.some((pattern) => pattern.test(line));
