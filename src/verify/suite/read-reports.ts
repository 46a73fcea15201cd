import { constants } from "node:fs";
import { glob, open, readdir, realpath, rm } from "node:fs/promises";
import { join, sep } from "node:path";
import type { Reports } from "../runners/runner.ts";

/** Bytes that all reports of one run may have together; a suite of 50,000 tests has about 10 MiB. */
const maxBytes = 32 * 1024 * 1024;
const maxFiles = 5_000;

/** The regular files that lie directly in `folder`, which the tests could write to: no link is followed, nothing waited for. */
export async function readReports(folder: string): Promise<Reports> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  return readAll(folder, names);
}

/** The reports that a runner wrote into its checkout at `pattern`. */
export async function readReportsIn(checkout: string, pattern: string): Promise<Reports> {
  return readAll(checkout, await matches(checkout, pattern));
}

/** Removes what lies at `pattern` before the run, so that no report of another run is taken for this one's. */
export async function removeReportsIn(checkout: string, pattern: string): Promise<void> {
  for (const name of await matches(checkout, pattern)) await rm(join(checkout, name), { force: true });
}

async function matches(checkout: string, pattern: string): Promise<string[]> {
  const root = await realpath(checkout);
  const found: string[] = [];
  for await (const name of glob(pattern, { cwd: root, exclude: ["**/node_modules/**"] })) {
    const real = await realpath(join(root, name)).catch(() => null);
    if (real === join(root, name) && real.startsWith(root + sep)) found.push(name);
    if (found.length >= maxFiles) break;
  }
  return found;
}

async function readAll(folder: string, names: readonly string[]): Promise<Reports> {
  const reports = new Map<string, string>();
  let left = maxBytes;
  for (const name of [...names].sort().slice(0, maxFiles)) {
    const text = await readPlainFile(join(folder, name), left);
    if (text === null) continue;
    reports.set(name, text);
    left -= text.length;
  }
  return reports;
}

/** Throws where the file is larger than `limit`: half a report would be a wrong one. */
async function readPlainFile(path: string, limit: number): Promise<string | null> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { size } = await file.stat();
    if (!(await file.stat()).isFile()) return null;
    if (size > limit) throw new RangeError("the reports are larger than 32 MiB");
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}
