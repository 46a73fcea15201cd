import { join } from "node:path";
import { expect, jest, test } from "@jest/globals";
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

test("nothing of it hears on to the signal of its run once it has ended: that would be kept until the process ends", async () => {
  using folder = temporaryFolder();
  makeRepository(folder.path, { "a.txt": "a" });
  const added = jest.spyOn(EventTarget.prototype, "addEventListener");
  const removed = jest.spyOn(EventTarget.prototype, "removeEventListener");
  const ofAbort = ({ mock }: typeof added | typeof removed) =>
    mock.calls.flatMap(([type, listener], i) =>
      type === "abort" ? [{ on: mock.contexts[i], listener }] : [],
    );
  try {
    const { signal } = new AbortController();
    await git(["status"], { gitDir: join(folder.path, ".git"), signal });
    const hearing = ofAbort(added);
    expect(hearing.length).toBeGreaterThan(1);
    const gone = ofAbort(removed);
    for (const one of hearing)
      expect(gone.some(({ on, listener }) => on === one.on && listener === one.listener)).toBe(true);
  } finally {
    added.mockRestore();
    removed.mockRestore();
  }
});
