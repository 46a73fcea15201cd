import { marking } from "./marks.ts";

/**
 * A reporter for node:test, in the runner's own language: one JSON line a test, one file a process, written as the tests
 * end. Kept as text because it runs inside the sandbox on the repository's own node (18.15 or later).
 */
export const nodeReporter = `
import { createHash } from "node:crypto";
import { appendFileSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { inspect } from "node:util";

const report = process.env.FIRSTDRAFT_REPORTS + "/node-test-" + process.pid + ".jsonl";
${marking}
export default async function* reporter(events) {
  writeFileSync(report, "");
  const open = new Map();
  const said = new Map();
  for await (const { type, data } of events) {
    if (type === "test:stderr") {
      // What a file that could not be loaded had to say; its path is relative since node 22.
      const file = resolve(data.file ?? "");
      said.set(file, ((said.get(file) ?? "") + data.message).slice(0, 20000));
    }
    if (type !== "test:start" && type !== "test:pass" && type !== "test:fail") continue;
    const names = open.get(data.file) ?? [];
    open.set(data.file, names);
    names.length = Math.min(names.length, data.nesting);
    names[data.nesting] = data.name;
    if (type === "test:start") continue;
    record(data, names.slice(0, data.nesting + 1), type === "test:pass", said.get(resolve(data.file ?? "")));
  }
  endMark();
}

// node reports a file that could not be loaded, or has no tests, as a test with the file's name.
function isFile({ name, file, nesting, details }) {
  if (nesting !== 0 || details?.type === "suite") return false;
  return name === file || (file ?? "").endsWith("/" + name) || (!file && /\\.[cm]?[jt]s$/.test(name));
}

function record(data, names, passed, said) {
  const error = data.details?.error;
  const ofChildren = error?.failureType === "subtestsFailed";
  const suite = data.details?.type === "suite";
  if (suite && (passed || ofChildren)) return;
  const whole = isFile(data);
  if (whole && (passed || ofChildren)) return;
  const unfinished = data.skip !== undefined || data.todo !== undefined;
  const cause = error?.cause ?? error;
  put({
    name: names.filter((part) => part !== undefined).join(" > "),
    file: data.file ?? (whole ? String(data.name) : null),
    state: unfinished ? "skipped" : passed ? "passed" : "failed",
    message: passed ? undefined : (whole && said) || String(cause?.stack ?? (typeof cause === "string" ? cause : inspect(cause))).slice(0, 20000),
    whole: whole || undefined,
  });
}
`;
