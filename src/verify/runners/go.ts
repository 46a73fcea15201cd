import { dirname } from "node:path";
import { asRecord } from "../look.ts";
import type { TestResult } from "../types.ts";
import { filesOfGoTests, listGoTests } from "./go-test-files.ts";
import { declarations, quoted, type Reports, type TestRunner, withoutDeclarations } from "./runner.ts";
import { goSummary } from "./summaries.ts";

const ends: Readonly<Record<string, TestResult["state"]>> = {
  pass: "passed",
  fail: "failed",
  skip: "skipped",
};

/** `go test -json`: https://pkg.go.dev/cmd/test2json. It names packages, not files: those are looked up before the run. */
export const go: TestRunner = {
  ask: ({ test }) => ({ command: test.replace(/\bgo\s+test\b(?! -json)/, "go test -json") }),
  lists: listGoTests,
  only: ({ test }, files) => {
    const folders = [...new Set(files.map((path) => quoted(`./${dirname(path)}`)))];
    return /\s\.\/\.\.\.(?=\s|$)/.test(test) ? test.replace("./...", folders.join(" ")) : null;
  },
  readsOutput: true,
  summary: goSummary,
  read,
};

function read(reports: Reports): TestResult[] {
  const files = filesOfGoTests(reports.get(declarations) ?? "");
  const lines = [...withoutDeclarations(reports).values()].flatMap((text) => text.split("\n"));
  const compiler = compilerWords(lines);
  const output = new Map<string, string>();
  const results: TestResult[] = [];
  const blamed = new Set<string>();

  function unbuilt(packageName: string, message: string): void {
    if (blamed.has(packageName)) return;
    blamed.add(packageName);
    const whole = files.inPackage(packageName);
    for (const file of whole.length === 0 ? [packageName] : whole)
      results.push({ name: file, file, state: "failed", message, scope: "file" });
  }

  for (const line of lines) {
    // Before Go 1.24 a package that does not compile stands in plain text between the events.
    const [, failed] = /^FAIL\t(\S+) \[(?:build|setup) failed\]$/.exec(line) ?? [];
    if (failed !== undefined) unbuilt(failed, compiler.get(failed) ?? [...compiler.values()].join("\n"));
    if (!line.startsWith("{")) continue;
    const event = asRecord(JSON.parse(line));
    const name = packageOf(event.Package ?? event.ImportPath);
    const key = `${name} ${String(event.Test ?? "")}`;
    if (typeof event.Output === "string") output.set(key, (output.get(key) ?? "") + event.Output);
    const state = ends[String(event.Action)];
    if (state === undefined) continue;
    const message = output.get(key) ?? "";
    if (typeof event.Test === "string") {
      if (state === "failed") blamed.add(name);
      const file = files.of(name, event.Test) ?? name;
      results.push({ name: event.Test, file, state, ...(state === "failed" ? { message } : {}) });
    } else if (state === "failed") {
      unbuilt(name, `${output.get(`${packageOf(event.FailedBuild)} `) ?? ""}${message}`);
    }
  }
  return results;
}

/** What stands below `# package [package.test]`. */
function compilerWords(lines: readonly string[]): Map<string, string> {
  const words = new Map<string, string>();
  let current: string | null = null;
  for (const line of lines) {
    const [header, first, built] = /^# ?(\S+)?(?: ?\[(\S+?)(?:\.test)?\])?$/.exec(line) ?? [];
    if (header !== undefined) current = built ?? first ?? null;
    else if (/^(FAIL|ok)\s/.test(line)) current = null;
    else if (current !== null && !line.startsWith("{"))
      words.set(current, `${words.get(current) ?? ""}${line}\n`);
  }
  return words;
}

/** `m/a` of `m/a [m/a.test]`. */
function packageOf(importPath: unknown): string {
  return String(importPath ?? "").replace(/ .*$/, "");
}
