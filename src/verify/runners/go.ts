import { dirname } from "node:path";
import { asRecord } from "../look.ts";
import type { TestResult } from "../types.ts";
import { quoted, type Reports, type TestRunner } from "./runner.ts";
import { goSummary } from "./summaries.ts";

const ends: Readonly<Record<string, TestResult["state"]>> = {
  pass: "passed",
  fail: "failed",
  skip: "skipped",
};

/** `go test -json`: https://pkg.go.dev/cmd/test2json. A package stands for the file, which go does not name. */
export const go: TestRunner = {
  ask: (toolchain) => ({ command: toolchain.test.replace(/\bgo\s+test\b(?! -json)/, "go test -json") }),
  only: ({ test }, files) => {
    const folders = [...new Set(files.map((path) => quoted(`./${dirname(path)}`)))];
    return /\s\.\/\.\.\.(?=\s|$)/.test(test) ? test.replace("./...", folders.join(" ")) : null;
  },
  readsOutput: true,
  summary: goSummary,
  read,
};

function read(reports: Reports): TestResult[] {
  const output = new Map<string, string>();
  const results: TestResult[] = [];
  const blamed = new Set<string>();
  for (const line of [...reports.values()].flatMap((text) => text.split("\n"))) {
    if (!line.startsWith("{")) continue;
    const event = asRecord(JSON.parse(line));
    const file = String(event.Package ?? event.ImportPath ?? "").replace(/ .*$/, "");
    const key = `${file} ${String(event.Test ?? "")}`;
    if (typeof event.Output === "string") output.set(key, (output.get(key) ?? "") + event.Output);
    const state = ends[String(event.Action)];
    if (state === undefined) continue;
    const message = state === "failed" ? { message: output.get(key) ?? "" } : {};
    if (state === "failed" && typeof event.Test === "string") blamed.add(file);
    if (typeof event.Test === "string") results.push({ name: event.Test, file, state, ...message });
    else if (state === "failed" && !blamed.has(file)) {
      results.push({ name: file, file, state, ...message, scope: "file" });
    }
  }
  return results;
}
