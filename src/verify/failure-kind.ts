import type { FailureKind } from "./types.ts";

/** What a line of a failure gives away, the more telling kinds first. Words of the runners and compilers themselves, not of code. */
const telling: readonly (readonly [FailureKind, RegExp])[] = [
  [
    "timeout",
    /\b(timed out (after|in) \d|exceeded timeout of \d|timeout of \d+ ?ms exceeded|Failed: Timeout >|TimeoutExpired)/i,
  ],
  [
    "missing-symbol",
    /\b(cannot import name|does not provide an export named|NameError\b|has no attribute|is not a (function|constructor)|ReferenceError\b|is not defined\b|undefined: \w|undefined \(type|error\[E0(407|412|422|423|425|433|531|560|574|599|609|610)\]|cannot find symbol|not declared in this scope|has no member named|is not a member of|undeclared identifier|undefined reference to|has no member|no matching function for call|Property '[^']*' does not exist on|Cannot find name|has no exported member)/,
  ],
  [
    "import-error",
    /\b(ModuleNotFoundError|ImportError:|No module named|Cannot find (module|package)|ERR_MODULE_NOT_FOUND|ERR_PACKAGE_PATH_NOT_EXPORTED|Failed to (resolve import|load url)|error\[E0432\]|no required module provides package|is not in (GOROOT|std)|package [\w.]+ does not exist)|fatal error: \S+: No such file or directory|could not import|cannot find package/,
  ],
  [
    "crash",
    /\b(Segmentation fault|SIGSEGV|SIGABRT|SIGILL|SIGBUS|SIGFPE|SEGFAULT|core dumped|out of memory|\(signal: \d+)/i,
  ],
  [
    "compile-error",
    /\berror TS\d+|\berror\[E\d{4}\]|\b(SyntaxError|IndentationError|TabError|Transform failed|PARSE_ERROR|ParseError)\b|:\d+: error: |\[ERROR\] .*\.(java|kt):\[\d+,\d+\]/,
  ],
  [
    "assertion",
    /\b(AssertionError|AssertionFailedError|AssertionException|ERR_ASSERTION|ComparisonFailure|ExpectationNotMetError)\b|\bexpect\(|\bexpected\b|\bassertion\b.*\bfailed\b|^E\s+assert\b|_test\.go:\d+: |:FAIL(: |$)|: Failure$|(?<!^)\bFAILED:|^FAILED:$|^assert\b|\bto (be|equal|deep equal|have|match|throw|contain)\b|!==?|\bwant(ed)?\b/i,
  ],
  // Any other exception, before the code that raised it is shown.
  ["error", /^(E\s+)?[\w.]*(Error|Exception): /],
];

// What is said above or below the line that gives the reason.
const banners = /\b(COMPILATION ERROR|could not compile|Build FAILED|Compilation failed)\b|\[build failed\]/i;

/** Lines that are looked at: the reason stands near the beginning. */
const maxLines = 400;

/** What made a test fail, by the first line of its message (or of the suite's output) that tells. */
export function failureKind(message: string): FailureKind {
  const lines = message.split("\n", maxLines).map((line) => line.slice(0, 1_000));
  for (const line of lines) {
    const found = telling.find(([, pattern]) => pattern.test(line));
    if (found !== undefined) return found[0];
  }
  return lines.some((line) => banners.test(line)) ? "compile-error" : "error";
}
