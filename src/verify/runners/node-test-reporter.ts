/**
 * A reporter for node:test, in the runner's own language: one JSON line a test, one file a process, written as the tests
 * end. Kept as text because it runs inside the sandbox on the repository's own node (18.15 or later).
 */
export const nodeReporter = `
import { appendFileSync, writeFileSync } from "node:fs";
import { inspect } from "node:util";

const report = process.env.FIRSTDRAFT_REPORTS + "/node-test-" + process.pid + ".jsonl";

export default async function* reporter(events) {
  writeFileSync(report, "");
  const open = new Map();
  for await (const { type, data } of events) {
    if (type !== "test:start" && type !== "test:pass" && type !== "test:fail") continue;
    const names = open.get(data.file) ?? [];
    open.set(data.file, names);
    names.length = Math.min(names.length, data.nesting);
    names[data.nesting] = data.name;
    if (type !== "test:start") record(data, names.slice(0, data.nesting + 1), type === "test:pass");
  }
}

function record(data, names, passed) {
  const error = data.details?.error;
  const ofChildren = error?.failureType === "subtestsFailed";
  const suite = data.details?.type === "suite";
  if (suite && (passed || ofChildren)) return;
  const name = String(data.name);
  const whole = data.nesting === 0 && !suite && (name === data.file || (data.file ?? "").endsWith("/" + name) || /\\.[cm]?[jt]s$/.test(name) && !data.file);
  if (whole && (passed || ofChildren)) return;
  const unfinished = data.skip !== undefined || data.todo !== undefined;
  const cause = error?.cause ?? error;
  appendFileSync(report, JSON.stringify({
    name: names.filter((part) => part !== undefined).join(" > "),
    file: data.file ?? (whole ? name : null),
    state: unfinished ? "skipped" : passed ? "passed" : "failed",
    message: passed ? undefined : String(cause?.stack ?? (typeof cause === "string" ? cause : inspect(cause))).slice(0, 20000),
    whole: whole || undefined,
  }) + "\\n");
}
`;
