import { closing } from "./code.ts";
import type { TestBlock } from "./test-blocks.ts";

/** What checks something in a test, in the languages whose runners are known; helpers by their usual names too. */
const assertion = [
  /\b(?:[eE]xpect|EXPECT|[aA]ssert|ASSERT|[vV]erify|VERIFY|[cC]heck|CHECK|REQUIRE|STATIC_REQUIRE|[mM]ust|[eE]nsure)(?:[A-Z_\d]\w*)?\s*!?\s*[(<]/,
  /\b(?:expect|assert|should|chai)\.\w|\.(?:should|expect)\b|\brequire\.[A-Z]\w*\(|\bfail\s*\(|\b(?:panic|unreachable)!/,
  /^\s*assert\b|\bself\.(?:assert|fail)\w*|\bpytest\.(?:raises|warns|fail)\b/,
  /\bt\.(?:is|not|deepEqual|equal|notEqual|same|throws|rejects|ok|true|false|match|like|Error|Errorf|Fatal|Fatalf|Fail|FailNow)\(/,
];

/** Checks that hold for nearly everything. */
const loose = [
  /\.(?:toBeDefined|toBeTruthy|toBeFalsy|not\.toBeNull|not\.toBeUndefined|not\.toThrow|toBeInstanceOf)\(|\.toThrow(?:Error)?\(\s*(?:Error)?\s*\)|\bexpect\.(?:anything|any)\(|typeof\b/,
  /\.(?:to|should)\.(?:be\.)?(?:exist|ok|an?\()|\bassert\.(?:ok|isOk|isDefined|exists|isNotNull|notEqual|notStrictEqual)\(|\bassert\.throws\(\s*(?:\w+|\(\)\s*=>\s*[^,]+)\)/,
  /\b(?:assertTrue|assertFalse|assertIsNotNone|assertIsInstance|assertIn|assertNotNull|assertNotEquals?|assert_not_none)\b|\bisinstance\(|\bis not None\b|^\s*assert\s+(?:not\s+)?[\w.]+(?:\(\w*\))?\s*(?:,.*)?$/,
  /\b(?:assert|require)\.(?:NotNil|NoError|NotEmpty|True|NotEqual|Error)\(|\bassert!\(.*\.is_(?:ok|err|some)\(\)|\bassert_ne!/,
  /\b(?:EXPECT|ASSERT)_(?:TRUE|NO_THROW|NE|ANY_THROW|GE)\b|\b(?:REQUIRE|CHECK)_(?:NOTHROW|THROWS)\(|\.(?:isNotNull|isNotEmpty|doesNotThrow\w*)\(|\bnotNullValue\(/,
  /\b(?:pytest\.raises|assertRaises)\(\s*(?:Base)?Exception\s*[,)]|\b(?:assertThrows|isInstanceOf|hasRootCauseInstanceOf)\(\s*(?:Throwable|Exception|RuntimeException)\.class|(?:>=\s*0|toBeGreaterThanOrEqual\(\s*0)\b/,
];

/** Checks that cannot fail; `$` stands for a value that is compared with itself. */
const idle = [
  /\bexpect\(\s*(true|1)\s*\)\s*\.(?:to\.)?(?:toBe|toEqual|toStrictEqual|equal|eql|be)\(\s*\1\s*\)/,
  /\bexpect\(\s*(?:true|1|!0|\{\}|\[\])\s*\)\s*\.(?:toBeTruthy|toBeDefined|to\.be\.ok|to\.be\.true)\b|\bexpect\(\s*false\s*\)\s*\.(?:toBeFalsy|toBe\(\s*false)/,
  /\bexpect\(\s*([\w.[\]]+|"[^"]*"|'[^']*')\s*\)\s*\.(?:to\.)?(?:toBe|toEqual|toStrictEqual|equal|eql)\(\s*\1\s*\)/,
  /\bassert(?:\.ok|\.isTrue|\.isOk|\.True)?\(\s*(?:t,\s*)?(?:true|1)\s*[,)]/,
  /\b(?:assert|require)\.(?:equal|strictEqual|deepEqual|deepStrictEqual|Equal|Same)\(\s*(?:t,\s*)?([\w.[\]]+|"[^"]*"|'[^']*')\s*,\s*\1\s*[,)]/,
  /^\s*assert\s+(?:True|1|not False)\b\s*(?:,|$)|^\s*assert\s+([\w.[\]()]+|"[^"]*"|'[^']*')\s*(?:==|is)\s*\1\s*(?:,|$)|^\s*assert\s*\(.+,\s*["'][^"']*["']\s*\)\s*$/,
  /\bself\.assert(?:True\(\s*True|False\(\s*False)\b|\bself\.assertEquals?\(\s*([\w.[\]]+|"[^"]*"|'[^']*')\s*,\s*\1\s*[,)]/,
  /\bassert!\(\s*true\s*[,)]|\bassert_eq!\(\s*([\w.[\]]+|"[^"]*")\s*,\s*\1\s*[,)]/,
  /\b(?:assertTrue\(\s*true|assertFalse\(\s*false)\s*[,)]|\b(?:assertEquals|assertSame)\(\s*([\w.[\]]+|"[^"]*")\s*,\s*\1\s*\)|\bassertThat\(\s*(?:true\s*\)\.isTrue\(|([\w.]+)\s*\)\.(?:isEqualTo|isSameAs)\(\s*\2\s*\))/,
  /\b(?:EXPECT|ASSERT)_(?:TRUE\(\s*true|FALSE\(\s*false)\s*\)|\b(?:EXPECT|ASSERT)_(?:STR)?EQ\(\s*([\w.[\]]+|"[^"]*")\s*,\s*\1\s*\)|\b(?:REQUIRE|CHECK)\(\s*(?:true\s*\)|([\w.[\]]+)\s*==\s*\2\s*\))/,
  /\b(?:expect|(?:assert|require)\.\w+|assert\w*!?|EXPECT_TRUE|ASSERT_TRUE|REQUIRE|CHECK)\s*\(.*\|\|\s*(?:true|1)\b|^\s*assert\b.*\bor\s+(?:True|1)\b/,
];

export const isAssertion = (code: string): boolean =>
  assertion.some((one) => one.test(code)) &&
  !/^\s*(?:import|from|using|#include|use|function|def|fn|func)\b|\brequire\s*\(\s*["'`]/.test(code);

export const isLoose = (code: string): boolean => loose.some((one) => one.test(code));

/** One check of a test, from its first line to where its brackets are closed. */
export interface Check {
  /** The index of its first line in the block. */
  readonly index: number;
  /** How many lines it takes. */
  readonly count: number;
  /** As it is written, in one line, without needless space. */
  readonly text: string;
  /** As it stands there, and the same without comments and the inside of strings; both are of one length. */
  readonly raw: string;
  readonly code: string;
}

/** Names that stand for the same in every run. */
const constant =
  /^(?:true|false|True|False|null|None|nil|NULL|nullptr|undefined|and|or|not|is|in|t|self|this|await|return|new|f32|f64|u8|u32|i32|i64|usize|size_t|int)$/;

/** A check that compares values, up to them. */
const comparing =
  /^\s*(?:await\s+|return\s+)?(?:(?:expect|assert(?:\.\w+)?|require\.\w+|self\.assert\w+|assert(?:_eq|_ne)?!|(?:EXPECT|ASSERT)_(?:EQ|NE|TRUE|FALSE|LT|GT|LE|GE|STREQ)|REQUIRE|CHECK|assertEquals|assertTrue|assertFalse|assertSame|assertThat)\s*\(|assert\s)/;

/** Whether a check is about nothing but what is written in it: `assert 1 + 1 == 2`. */
function isConstant({ raw, code }: Check): boolean {
  if (!comparing.test(code) || /`|=>|\{|\w*[fF]ail\w*\(/.test(code) || /["'].*[{$].*["']/.test(raw))
    return false;
  // A matcher is a method of what is compared.
  const inside = code.replace(comparing, "").replaceAll(/\)\s*(?:\.\w+)+/g, ")");
  const names = inside.match(/[A-Za-z_$][\w$]*/g) ?? [];
  return /\d|["']/.test(inside) && names.every((name) => constant.test(name));
}

/** Whether a check holds whatever the code does; not one that only speaks of such a check. */
export function isIdle(check: Check): boolean {
  const { raw, code } = check;
  if (isConstant(check)) return true;
  return idle.some((pattern) => {
    const found = pattern.exec(raw);
    const word = found === null ? -1 : found.index + found[0].search(/\S/);
    return /\S/.test(code[word] ?? "");
  });
}

/** Characters of a check that are looked at. */
const longest = 4_000;

/** What a test checks, in its order. */
export function checksIn({ lines, code }: Pick<TestBlock, "lines" | "code">): Check[] {
  return code.flatMap((line, index) => {
    if (!isAssertion(line)) return [];
    let count = 1;
    while (count < 30 && index + count < code.length && continues(code, index, count)) count++;
    const joined = (from: readonly string[]) =>
      from
        .slice(index, index + count)
        .join(" ")
        .slice(0, longest);
    const raw = joined(lines);
    const text = raw.replaceAll(/\s+/g, " ").trim().replace(/[;,]$/, "");
    return [{ index, count, text, raw, code: joined(code) }];
  });
}

/** Whether the line after `count` lines still belongs to the statement that begins at `index`. */
function continues(code: readonly string[], index: number, count: number): boolean {
  const so = code.slice(index, index + count).join("\n");
  const open = so.search(/[([{]/);
  return (open >= 0 && isOpen(so, open)) || /^\s*\.\w/.test(code[index + count] ?? "");
}

function isOpen(code: string, from: number): boolean {
  for (let at = from; at >= 0; at = nextOpen(code, at)) {
    const end = closing(code, at);
    if (end < 0) return true;
    at = end;
  }
  return false;
}

function nextOpen(code: string, after: number): number {
  const found = code.slice(after + 1).search(/[([{]/);
  return found < 0 ? -1 : after + 1 + found;
}
