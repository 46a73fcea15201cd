import type { TestResult } from "../types.ts";

/** Whether Automake's harness printed these lines: it sums up at its end. */
export function isAutomake(lines: readonly string[]): boolean {
  return lines.some((line) => /^Testsuite summary( for |$)/.test(line));
}

/**
 * The tests that Automake's harness prints, one a line: its `.trs` files have the states alone
 * (https://www.gnu.org/software/automake/manual/html_node/Scripts_002dbased-Testsuites.html). With `VERBOSE=1` it also
 * prints what those that failed have logged, where the same lines come again.
 */
export function readAutomake(lines: readonly string[]): TestResult[] {
  const logs = lines.flatMap((line, at) => (/^ {3}.*\btest-suite\.log$/.test(line) ? [at] : []));
  const ends = logs.map((at) => at + lines.slice(at).findIndex((line) => /^Testsuite summary/.test(line)));
  const isLogged = (at: number) => logs.some((start, index) => at >= start && at < (ends[index] ?? 0));
  const logged = loggedBy(lines.filter((_, at) => isLogged(at)));
  return lines.filter((_, at) => !isLogged(at)).flatMap((line) => resultOf(line, logged));
}

const result =
  /^(?<word>PASS|FAIL|SKIP|XFAIL|XPASS|ERROR): (?<program>\S+)(?: (?<number>\d+))?(?:(?: -)? (?<text>.*))?$/;

function resultOf(line: string, logged: ReadonlyMap<string, string>): TestResult[] {
  const { word, program = "", number, text = "" } = result.exec(line)?.groups ?? {};
  if (word === undefined) return [];
  const state = /^(PASS|XFAIL)$/.test(word) ? "passed" : word === "SKIP" ? "skipped" : "failed";
  const [, message = text] =
    [...logged].find(([name]) => program === name || program.startsWith(`${name}.`)) ?? [];
  const said = state === "failed" && message !== "" ? { message } : {};
  // A program of TAP that died tells nothing of the tests that it had still to come to.
  if (word === "ERROR" && number === undefined && text !== "")
    return [{ name: program, file: null, state, ...said, scope: "file" }];
  const name = text === "" || number === undefined ? [program, number, text] : [program, ">", text];
  return [{ name: name.filter(Boolean).join(" "), file: null, state, ...said }];
}

/** What each program logged, by its name without an ending. */
function loggedBy(lines: readonly string[]): Map<string, string> {
  const starts = lines.flatMap((line, at) =>
    /^(FAIL|ERROR|XPASS): \S+$/.test(line) && /^=+$/.test(lines[at + 1] ?? "") ? [at] : [],
  );
  return new Map(
    starts.map((at, index) => [
      lines[at]?.replace(/^\w+: /, "") ?? "",
      lines
        .slice(at + 2, starts[index + 1])
        .join("\n")
        // The line above the summary's title.
        .replace(/\n=+\s*$/, "")
        .trim(),
    ]),
  );
}
