import type { Finding } from "../types.ts";
import { checksIn, isAssertion } from "./assertions.ts";
import type { GateInput } from "./gate.ts";
import { proves, runsOf } from "./ran.ts";
import type { TestBlock } from "./test-blocks.ts";

/** Ends a test, or the whole run of them, as if it had passed. */
const ends =
  /^\s*(?:return\s*(?:;|$|\}|(?:Ok\(\(\)\)|Promise\.resolve\(\)|null|None|undefined|true|True|0)\s*;?\s*$)|done\(\)\s*;\s*return|(?:process\.exit|sys\.exit|os\._exit|os\.Exit|System\.exit|std::process::exit|_?exit)\(\s*0?\s*\))/;

/** Conditions that never hold, loops over nothing. */
const never =
  /\b(?:if|while)\b\s*(?:constexpr\s*)?\(?\s*(?:false|False|0|!1|!true|not True|None|null|undefined)\s*(?:[):{]|&&|and\b)|\b(?:false|False)\s*(?:&&|and)\s*(?:expect|assert|self)|\bfor\b.*\b(?:of|in|:)\s*(?:\[\s*\]|\(\)|range\(0\)|0\.\.0\b)|\brange\s+\[\]\w+\{\s*\}|\[\s*\]\.(?:forEach|map)\(/;

/** Conditions that nobody sees hold: what an environment says. */
const environment =
  /\bif\b.*\b(?:process\.env|import\.meta\.env|os\.environ|os\.getenv|os\.Getenv|System\.(?:getenv|getProperty)|env::var|std::env|option_env!|getenv\()/;

/** A function that is only declared; its name, if it has one. */
const declaring =
  /(?:\b(?:const|let|var)\s+)?\b(\w+)\s*(?::=|=)\s*(?:async\s*)?(?:\([^)]*\)\s*=>|\w+\s*=>|function\b|func\s*\(|\|[^|]*\|\s*\{)|^\s*(?:async\s+)?(?:function|def|fn)\s+(\w+)\s*\(/;

/** What runs later, when the test is over already. */
const later = /\b(?:setTimeout|setImmediate|queueMicrotask|process\.nextTick)\s*\(|^\s*go\s+func\(/;

/** Lines of a test that are looked at, each with what follows it. */
const longest = 1_500;

/** Assertions that stand behind something that keeps them from being reached, which was not there before. */
export function unreachedAssertions({ changed, tests }: GateInput): Finding[] {
  return changed.pairs.flatMap(({ was, is }): Finding[] => {
    // The end of a test counts by where it stands.
    const keyOf = (line: string) => (ends.test(line) ? line.trimEnd() : line.trim());
    const old = new Set(was.block.code.map(keyOf));
    const test = { ...is.block, code: is.block.code.slice(0, longest) };
    const found = test.code.findIndex(
      (line, index) => !old.has(keyOf(line)) && barrierAt(was.block, test, index),
    );
    if (found < 0) return [];
    const weight = proves(runsOf(is.block, is.file.path, tests)) ? "remark" : "blocking";
    const reason = `What the test "${is.block.name}" checks after this line may never be reached.`;
    const line = is.block.from + found;
    return [{ gate: "assertion-unreached", weight, file: is.file.path, line, reason }];
  });
}

function barrierAt(was: TestBlock, is: TestBlock, index: number): boolean {
  const line = is.code[index] ?? "";
  const after = is.code.slice(index + 1);
  if (index <= is.line - is.from || (!isAssertion(line) && !after.some(isAssertion))) return false;
  if (never.test(line)) return true;
  if (ends.test(line)) return indentOf(line) <= bodyIndent(is) && after.some(isAssertion);
  const inside = [line, ...after.slice(0, lengthInside(line, after))];
  const rest = after.slice(inside.length - 1);
  if (environment.test(line) && inside.some((one) => /\breturn\b/.test(one))) return rest.some(isAssertion);
  if (environment.test(line)) return inside.some((one) => isAssertion(one));
  // An assertion that was there before, and now stands behind a condition, or after the end of the test.
  const isCondition = /^\s*(?:if|unless)\b/.test(line) && !/\belse\b/.test(line);
  const isLater = later.test(line) && !/\b(?:done|resolve|await)\b/.test(is.code.join("\n"));
  const [found, one, two] = declaring.exec(line) ?? [];
  const isUncalled =
    found !== undefined && !new RegExp(`\\b${one ?? two}\\b`).test(rest.join("\n")) && rest !== after;
  if (!isCondition && !isLater && !isUncalled) return false;
  const old = checksIn(was).map(({ text }) => text);
  const wrapped = checksIn({ lines: is.lines.slice(index + 1), code: inside.slice(1) });
  return wrapped.some(({ text }) => old.includes(text));
}

/** How many of the lines after one are further in than it is. */
function lengthInside(line: string, after: readonly string[]): number {
  const end = after.findIndex((one) => one.trim() !== "" && indentOf(one) <= indentOf(line));
  return end < 0 ? after.length : end;
}

/** How far in the statements of a test are: as its first line that is further in than its declaration. */
function bodyIndent({ code, line, from }: TestBlock): number {
  const own = indentOf(code[line - from] ?? "");
  const first = code.slice(line - from + 1).find((one) => one.trim() !== "" && indentOf(one) > own);
  return first === undefined ? own : indentOf(first);
}

const indentOf = (line: string) => line.length - line.trimStart().length;
