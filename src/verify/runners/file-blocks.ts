import type { TestResult } from "../types.ts";
import { commandsOf } from "./recognise.ts";
import { quoted } from "./runner.ts";

// The runner that SymPy and its relatives bring along as `bin/test`: a block for each file, one test a line.

const header = /^(\S+\.py)\[(\d+|\?)\]\s*(?:\[(OK|FAIL)\])?$/;
const result = /^(\w+) (?:.* )?(ok|[FEfXswTK])(?:\s+\[(?:OK|FAIL)\])?$/;
const section = /^_+ (\S+\.py)(?::(\w+))? _+$/;
const call = /(\bpython[\d.]*(?:\s+-[WX]\s+\S+|\s+-\S+)*\s+(?:\.\/)?bin\/test)(?=\s|$)/;

/** Whether these lines have such blocks. */
export const hasFileBlocks = (lines: readonly string[]): boolean =>
  lines.some((line) => /^=+ test process starts =+$/.test(line));

/** The tests of all blocks; a file without any that did not end well failed as a whole. */
export function readFileBlocks(lines: readonly string[]): TestResult[] {
  const messages = messagesIn(lines);
  const results: TestResult[] = [];
  let file: string | null = null;
  for (const line of lines) {
    const [, path, count, end] = header.exec(line.trimEnd()) ?? [];
    if (path !== undefined) {
      file = path;
      if (count === "0" && end !== "OK")
        results.push({
          name: path,
          file: path,
          state: "failed",
          message: messages.get(path) ?? "",
          scope: "file",
        });
      continue;
    }
    if (line.trim() === "") file = null;
    const [, name, word] = (file === null ? null : result.exec(line.trimEnd())) ?? [];
    if (name === undefined || file === null) continue;
    const state = /^(ok|X)$/.test(word ?? "") ? "passed" : /^[FET]$/.test(word ?? "") ? "failed" : "skipped";
    const message = messages.get(`${file}:${name}`);
    results.push({ name, file, state, ...(message === undefined ? {} : { message }) });
  }
  return results;
}

/** What stands below `____ file:test ____`. */
function messagesIn(lines: readonly string[]): Map<string, string> {
  const messages = new Map<string, string>();
  for (const [at, line] of lines.entries()) {
    const [, file, name] = section.exec(line) ?? [];
    if (file === undefined) continue;
    const below = lines.slice(at + 1, at + 61);
    const end = below.findIndex((one) => /^_{20,}$|tests finished: /.test(one));
    messages.set(
      name === undefined ? file : `${file}:${name}`,
      (end < 0 ? below : below.slice(0, end)).join("\n").trim(),
    );
  }
  return messages;
}

/** What it sums up at its end; null: nothing. Those that pass against expectation are counted apart. */
export function fileBlocksSummary(output: string): { passed: number; failed: number } | null {
  const [, counts] = /tests finished: ([\s\S]*?), in [\d.]+ seconds/.exec(output) ?? [];
  if (counts === undefined) return null;
  const count = (what: RegExp) => Number(what.exec(counts)?.[1] ?? 0);
  return {
    passed: count(/(\d+) passed/) + count(/(\d+)\s+expected to fail but passed/),
    failed: count(/(\d+) failed/) + count(/(\d+) exceptions/),
  };
}

/** The command with a line for each test. */
export const withLines = (test: string): string =>
  /\s(-v|--verbose)\b/.test(test) ? test : test.replace(call, "$1 --verbose");

/** The command for some files; null where it does not end with that program. */
export function onlyFiles(test: string, files: readonly string[]): string | null {
  const last = commandsOf(test).at(-1) ?? "";
  if (!call.test(last) || files.some((file) => !file.endsWith(".py"))) return null;
  return [test, ...files.map(quoted)].join(" ");
}
