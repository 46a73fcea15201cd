/** What keeps a test from running, or turns a failure of it into a success. Read without comments and strings. */
const skips = [
  /\b(?:describe|it|test|suite|context|bench|specify)\.(?:concurrent\.|sequential\.)?(?:skip|todo|fixme|fails|failing)\b/,
  /\b(?:xit|xdescribe|xtest|xcontext|xspecify)\s*[(.]|\b(?:this|ctx|context|t)\.skip\s*\(|\bpending\s*\(/,
  /\b(?:it|test|describe)\.(?:each|for)\(\s*\[\s*\]\s*\)|\b(?:const|let|var)\s+(?:it|test|describe|expect)\s*=\s*(?:\(|function\b|async\b|\w+\.skip\b)|\bparametrize\([^)]*,\s*(?:\[\s*\]|\(\s*\))\s*[,)]|\bINSTANTIATE_TEST_\w+\(.*Values\(\s*\)/,
  /\{[^{}]*\b(?:skip|todo|expectFailure)\s*:\s*(?:true|["'`])|\b(?:skipIf\(\s*true|runIf\(\s*false)\b/, // node:test's options, vitest's conditions
  /\bpytest\.mark\.(?:skip|xfail)\b|\bpytest\.(?:skip|xfail)\s*\(|\bskipif\(\s*(?:True|1)\b/,
  /@(?:unittest\.)?(?:skip|expectedFailure)\b|\bskipIf\(\s*True\b|\bskipUnless\(\s*False\b|\bself\.skipTest\s*\(|\braise\s+(?:unittest\.)?SkipTest\b|\b__test__\s*=\s*False/,
  /\b[tb]\.Skip(?:Now|f)?\s*\(|\b\w+\.T\(\)\.Skip\w*\(|^\/\/go:build\s+ignore/,
  /^\s*#!?\[(?:ignore\b|cfg\((?:any\(\)|FALSE|false|not\(test\)|feature\b))|^\s*#\[cfg_attr\(\s*test\s*,\s*ignore|#\[should_panic/,
  /@(?:Disabled|Ignore|EnabledIf\w*|DisabledIf\w*)\b|\b(?:assumeTrue\(\s*false|assumeFalse\(\s*true)\b|\benabled\s*=\s*false\b/,
  /\bDISABLED_\w+|\bGTEST_SKIP\s*\(|^\s*SKIP\s*\(|^\s*#\s*if\s+(?:0|false)\b/,
  // How a test ends, whatever it found.
  /@Test\s*\(.*\bexpected\s*=\s*(?:Exception|Throwable|RuntimeException|Error|AssertionError)\b/,
  /\bprocess\.exitCode\s*=(?!=)|\bos\.Exit\(\s*0\s*\)|\bos\._exit\(\s*0\b|\bpytest\.exit\(/,
];

/** Of these marks, those by which a test runs but may fail. */
const failures =
  /fails|failing|xfail|expectedFailure|should_panic|mayfail|shouldfail|expectFailure|expected\s*=|exit/i;

/** The same in Catch2's tags, which are strings. */
const tags = /\b(?:TEST_CASE|SCENARIO)\w*\s*\(.*"[^"]*\[(?:\.\w*|!hide|!mayfail|!shouldfail)\][^"]*"/;

const focuses = [
  /\b(?:describe|it|test|suite|context|specify)\.(?:concurrent\.)?only\b/,
  /\b(?:fit|fdescribe|fcontext)\s*\(/,
  /\{[^{}]*\bonly\s*:\s*true/,
];

const short = (line: string) => line.length <= 2_000;

export const isSkip = (code: string, text: string): boolean =>
  short(text) &&
  (skips.some((one) => one.test(code)) || tags.test(text) || /^\/\/go:build\s+ignore/.test(text));

export const mayFail = (text: string): boolean => failures.test(text);

export const isFocus = (code: string): boolean => short(code) && focuses.some((one) => one.test(code));

/** Whether a marker stands behind a condition that may hold or not: the platform, a version. */
export function isConditional(code: readonly string[], index: number): boolean {
  const here = code[index] ?? "";
  const above = code.slice(Math.max(0, index - 4), index).findLast((line) => line.trim() !== "") ?? "";
  const condition =
    [here, above].find((line) => /^[\s}]*(?:else\s+)?(?:if|elif|unless)\b/.test(line)) ??
    (here.includes("?") ? here : "");
  return (
    condition !== "" && !/\b(?:if|elif)\b\s*\(?\s*(?:true|True|1|!0|not False|!false)\s*[):{]/.test(condition)
  );
}
