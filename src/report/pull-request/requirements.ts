import type { TestEvidence } from "../../verify/types.ts";
import { proves } from "../../verify/verdict.ts";
import { code, inertLine } from "../inert.ts";

/** One thing that the issue asks for, as the model took it, and what the runs say of the test that it names. */
export interface Requirement {
  readonly text: string;
  /** True only where a test of that name fails without the change and passes with it. */
  readonly shown: boolean;
  readonly word: string;
}

// The form asks for the first; a name may hold any of them.
const dash = /\s+(?:—|–|--)\s+/g;
/** Each is a way to read the line, for which all tests are asked: whoever writes more means none. */
const mostDashes = 10;

/** The requirements, each held against the evidence: a name counts for what its test did, the model's word for nothing. */
export function checkRequirements(lines: readonly string[], tests: readonly TestEvidence[]): Requirement[] {
  return lines.map((line) => {
    const { text, name } = split(line, tests);
    if (name === null) return { text, shown: false, word: "not verified" };
    const named = testsNamed(name, tests);
    if (named.length === 0)
      return { text, shown: false, word: `not verified: no test of that name ran (${code(name)})` };
    // One name in several files or groups: what the weakest of them shows is what is shown.
    const weak = named.find((test) => !proves(test));
    if (weak !== undefined) return { text, shown: false, word: weakWord(weak) };
    return { text, shown: true, word: `${code(name)}: fails without the change, passes with it` };
  });
}

/** The lines of them all, for a body. */
export function requirementLines(requirements: readonly Requirement[]): string[] {
  return requirements.map(
    ({ text, shown, word }) => `- ${inertLine(text, 300)} — ${shown ? `shown by ${word}` : word}`,
  );
}

function split(line: string, tests: readonly TestEvidence[]): { text: string; name: string | null } {
  const places = [...line.matchAll(dash)].slice(0, mostDashes);
  const ways = places.map(({ index, 0: sign }) => ({
    text: line.slice(0, index).trim(),
    name: bare(line.slice(index + sign.length)),
  }));
  const way = ways.find(({ name }) => testsNamed(name, tests).length > 0) ?? ways.at(-1);
  if (way === undefined || way.text === "") return { text: line, name: null };
  return /^not verified\b/i.test(way.name) || way.name === "" ? { ...way, name: null } : way;
}

function bare(name: string): string {
  const plain = name.trim().replace(/\.$/, "");
  return /^(`+|["'“])([\s\S]*?)(`+|["'”])$/.exec(plain)?.[2]?.trim() ?? plain;
}

/** Tests of that name: in full, or without the file or the groups that they are in. */
function testsNamed(name: string, tests: readonly TestEvidence[]): TestEvidence[] {
  const exact = tests.filter((test) => test.name === name || `${test.file}::${test.name}` === name);
  if (exact.length > 0 || name === "") return exact;
  return tests.filter((test) => [" > ", "::", ".", "/"].some((sign) => test.name.endsWith(`${sign}${name}`)));
}

function weakWord(test: TestEvidence): string {
  const name = code(test.name);
  if (test.head === "failed") return `not verified: ${name} fails`;
  if (test.head === "skipped") return `not verified: ${name} is skipped`;
  if (test.head !== "passed") return `not verified: ${name} did not run`;
  if (test.flaky === true) return `not verified: ${name} is flaky`;
  if (test.base === "passed") return `not shown: ${name} passes, but passed before too`;
  if (test.baseWithTests === "passed") return `not shown: ${name} passes, but passes without the change too`;
  return `not shown: ${name} passes; it was not run without the change`;
}
