import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { until } from "../helpers/until.ts";
import { mostOf, repeatsOf } from "./count.ts";
import { processesOf } from "./processes.ts";

let folder = "";
const started: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "firstdraft-count-"));
});
afterEach(async () => {
  for (const child of started.splice(0)) if (child.kill("SIGKILL")) await once(child, "exit");
  rmSync(folder, { recursive: true, force: true });
});

const commands = () => processesOf(folder).map(({ command }) => command);

test.each([
  ["its working directory", () => ({ cwd: folder })],
  ["its environment", () => ({ env: { TMPDIR: folder } })],
  ["its command line", () => ({ argv0: folder })],
])("a process is found by %s, until it has ended", async (_, how) => {
  const child = spawn("/bin/sleep", ["600"], { stdio: "ignore", ...how() });
  started.push(child);
  await once(child, "spawn");
  await until("it is found", () => commands().some((command) => command.endsWith(" 600")));
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(commands()).toEqual([]);
});

test("a command in the sandbox is found by what is mounted for it", async () => {
  const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false, networkHosts: [] });
  await sandbox.adopt(folder);
  const end = new AbortController();
  const ended = sandbox.run({ argv: ["sleep", "601"], folder, timeoutMs: 100_000, signal: end.signal });
  try {
    await until("it is found", () => commands().includes("sleep 601"));
  } finally {
    end.abort();
    await Promise.allSettled([ended]);
  }
  await until("nothing is left of it", () => commands().length === 0);
});

test("what the model was asked again is laid to the kill of whoever had asked it, or to nobody", () => {
  const lives = [
    { key: "a", killed: 10 },
    { key: "b", killed: null },
  ];
  const turn = (key: string, at: number, number = 0, issue = "acme/x#1") => ({
    issue,
    turn: number,
    key,
    at,
  });
  const most = (...turns: ReturnType<typeof turn>[]) => mostOf(repeatsOf(turns, lives));
  expect(most(turn("a", 1), turn("a", 2, 1), turn("b", 11, 2))).toBe(0);
  expect(most(turn("a", 1), turn("b", 11), turn("a", 2, 0, "acme/x#2"), turn("b", 12, 0, "acme/x#2"))).toBe(
    1,
  );
  expect(most(turn("a", 1), turn("a", 2, 1), turn("b", 11), turn("b", 12, 1))).toBe(2);
  // Whoever had asked was alive, or is not known to have been killed by then.
  expect(most(turn("b", 1), turn("b", 2))).toBe(Infinity);
  expect(most(turn("a", 1), turn("b", 9))).toBe(Infinity);
});
