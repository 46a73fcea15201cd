import type { TestResult } from "../types.ts";
import { isAutomake, readAutomake } from "./automake.ts";
import { hasFileBlocks, readFileBlocks } from "./file-blocks.ts";
import { readTap } from "./tap.ts";

/**
 * The tests that a command prints in a form made for programs: TAP (https://testanything.org), Automake's summary
 * (https://www.gnu.org/software/automake/manual/html_node/Scripts_002dbased-Testsuites.html), or `[ok]: name` as the Tcl
 * suites of Redis and its relatives do, or a block for each file as SymPy's own runner does. Empty where it prints none of them.
 */
export function readPrinted(output: string): TestResult[] {
  const lines = output.split(/\r?\n/);
  // First: what failed may have logged TAP.
  if (isAutomake(lines)) return readAutomake(lines);
  // A program that dies on the way never comes to its plan.
  if (lines.some((line) => /^(1\.\.\d+|TAP version \d+)/.test(line))) return [...readTap(lines).results];
  return hasFileBlocks(lines) ? readFileBlocks(lines) : bracketResults(lines);
}

function bracketResults(lines: readonly string[]): TestResult[] {
  return lines.flatMap((line, at): TestResult[] => {
    const [, word, name] = bracketed.exec(line) ?? [];
    if (word === undefined || name === undefined) return [];
    if (word === "exception") return [{ ...theRest, message: [name, ...detailsAt(lines, at)].join("\n") }];
    if (word !== "err") return [{ name, file: null, state: word === "ok" ? "passed" : "skipped" }];
    const message = detailsAt(lines, at).join("\n");
    return [{ name, file: null, state: "failed", ...(message === "" ? {} : { message }) }];
  });
}

const bracketed = /^\[(ok|err|exception|skip|ignore)\]: (.+?)(?: in tests\/\S+\.tcl)?(?: \(\d+ ms\))?$/;

/** Nothing runs after an exception: which tests these are it does not say, so it stands for each that is missed. */
const theRest = { name: "(the rest of the run)", file: null, state: "failed", scope: "file" } as const;

/** What stands below a line in brackets, up to the next one. */
function detailsAt(lines: readonly string[], at: number): string[] {
  const below = lines.slice(at + 1, at + 41);
  const end = below.findIndex((line) => line.startsWith("["));
  return end < 0 ? below : below.slice(0, end);
}
