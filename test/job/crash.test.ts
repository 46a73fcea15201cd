import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { lockFolder } from "../../src/job/lock.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { until as untilMet } from "../helpers/until.ts";
import { remove, temporary } from "./stores.ts";

let dir = "";
let log = "";
const started: ChildProcess[] = [];

beforeEach(async () => {
  dir = await dataFolder();
  log = join(dir, "log.txt");
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
  remove(dir);
});

function worker(jobs: number, ...ends: ("endless" | "poison")[]): ChildProcess & { ended: Promise<unknown> } {
  const argv = [join(import.meta.dirname, "worker.ts"), dir, log, String(jobs), ...ends];
  const child = spawn(process.execPath, argv, { stdio: ["ignore", "inherit", "inherit"] });
  started.push(child);
  return Object.assign(child, { ended: new Promise((resolve) => child.once("exit", resolve)) });
}

const lines = (word: string) =>
  existsSync(log)
    ? readFileSync(log, "utf8")
        .split("\n")
        .filter((line) => line.startsWith(word))
    : [];

const until = (condition: () => boolean) =>
  untilMet("the worker had written what it was to do", condition).catch((cause) => {
    throw new Error(`${cause.message} It wrote:\n${existsSync(log) ? readFileSync(log, "utf8") : ""}`);
  });

test("killed again and again: no job is lost, and only what was in work is done twice", async () => {
  const jobs = 12;
  const concurrency = 2;
  const kills = [
    () => lines("stored").length >= 7,
    () => lines("start").length >= 3,
    () => lines("start").length >= 8,
  ];
  for (const due of kills) {
    const child = worker(jobs);
    await until(due);
    child.kill("SIGKILL");
    await child.ended;
  }
  worker(jobs);
  await until(() => new Set(lines("done")).size === jobs);
  await delay(1000);
  const count = (word: string, of: string) => lines(word).filter((line) => line.endsWith(of)).length;
  for (const key of new Set(lines("start").map((line) => line.slice("start".length)))) {
    expect(count("done", key)).toBeLessThanOrEqual(count("start", key));
  }
  expect(lines("start").length).toBeLessThanOrEqual(jobs + kills.length * concurrency);
  expect(lines("failed")).toEqual([]);
});

test("a job that kills its process each time ends as failed", async () => {
  // Endless, so that the signal finds each job at work however late it comes.
  const child = worker(1, "endless");
  await until(() => lines("start").length === 1);
  child.kill("SIGKILL");
  await child.ended;
  // Four deaths may be the fault of others, the next four are its own.
  const attempts = 8;
  for (let attempt = 2; attempt <= attempts; attempt++) {
    const next = worker(0, "endless");
    await until(() => lines("start").length === attempt);
    next.kill("SIGKILL");
    await next.ended;
  }
  worker(0);
  await until(() => lines("failed").length === 1);
  expect(lines("start")).toHaveLength(attempts);
});

test("a job that kills its process each time takes no other with it: it is at work alone once it did so twice", async () => {
  const jobs = 4;
  for (let stored = jobs; lines("failed").length === 0; stored = 0) {
    const child = worker(stored, "poison");
    await Promise.race([child.ended, until(() => lines("failed").length > 0)]);
  }
  await until(() => new Set(lines("done")).size === jobs - 1);
  expect(lines("failed")).toEqual(["failed acme/r0#0"]);
  const starts = lines("start").filter((line) => !line.endsWith("#0"));
  expect(starts.length).toBeLessThanOrEqual(jobs - 1 + 2);
});

test("a second process on the same folder is refused by name, and let in once the first is dead", async () => {
  const first = worker(0);
  await until(() => lines("ready").length === 1);
  const second = worker(0);
  expect(await second.ended).toBe(3);
  expect(lines("data-dir-locked")).toEqual([
    expect.stringContaining(`${dir} is in use by another firstdraft (process ${first.pid})`),
  ]);
  first.kill("SIGKILL");
  await first.ended;
  worker(0);
  await until(() => lines("ready").length === 2);
});

test("a folder is locked within one process as well, and free after release", () => {
  const own = temporary();
  const lock = lockFolder(own);
  expect(() => lockFolder(own)).toThrow(expect.objectContaining({ code: "data-dir-locked" }));
  lock.release();
  lockFolder(own).release();
  remove(own);
});

test("a lock that nobody refers to any more is held all the same", async () => {
  const own = temporary();
  lockFolder(own);
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  await delay(0);
  expect(() => lockFolder(own)).toThrow(expect.objectContaining({ code: "data-dir-locked" }));
  remove(own);
});

test("a folder that cannot be made is named", () => {
  expect(() => lockFolder("/dev/null/data")).toThrow(expect.objectContaining({ code: "data-dir-unusable" }));
});
