import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { readDraftFile } from "../../src/run/draft-file/read.ts";

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "firstdraft-draft-file-"));
  path = join(folder, "draft.json");
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => rm(path, { recursive: true, force: true }));

const read = () => readDraftFile(path, { run: "7000000001", key: "acme/sums#1" });

test.each<[string, () => Promise<unknown>, string]>([
  ["a link", () => symlink("/etc/hostname", path), "cannot be opened (ELOOP)"],
  ["a pipe that nobody writes to", async () => execFileSync("mkfifo", [path]), "it is no file"],
  ["a folder", () => mkdir(path), "it is no file"],
  ["a flood", () => writeFile(path, "").then(() => truncate(path, 65 * 2 ** 20)), "it has more than"],
  ["no JSON", () => writeFile(path, "{"), "it is not JSON"],
  ["another object", () => writeFile(path, "[]"), "it is not what this version writes, at its top"],
])("%s is not read", async (_, lay, why) => {
  await lay();
  await expect(read()).rejects.toMatchObject({
    code: "draft-file-refused",
    what: expect.stringContaining(why),
  });
});

test("where nothing was left, that is what is said", async () => {
  await expect(read()).rejects.toMatchObject({ code: "draft-file-missing" });
});
