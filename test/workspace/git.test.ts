import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { git } from "../../src/workspace/git.ts";
import { makeRepository, temporaryFolder } from "./parts/folder.ts";

test("output beyond its limit ends git instead of filling the memory", async () => {
  using folder = temporaryFolder();
  makeRepository(folder.path, { "large.txt": "x".repeat(4 * 2 ** 20) });
  const show = (maxBytes: number) =>
    git(["cat-file", "blob", "HEAD:large.txt"], { gitDir: join(folder.path, ".git"), maxBytes });
  expect(await show(4 * 2 ** 20)).toHaveLength(4 * 2 ** 20);
  await expect(show(2 ** 20)).rejects.toMatchObject({ code: "git-failed" });
});
