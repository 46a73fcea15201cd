import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
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
    // The process's end is told a moment after that of its output.
    await setTimeout(100);
    const gone = ofAbort(removed);
    for (const one of hearing)
      expect(gone.some(({ on, listener }) => on === one.on && listener === one.listener)).toBe(true);
  } finally {
    added.mockRestore();
    removed.mockRestore();
  }
});

test("nothing of a call is kept once it has ended", async () => {
  using folder = temporaryFolder();
  makeRepository(folder.path, { "a.txt": "a" });
  const call = `git(["status"], { gitDir: ${JSON.stringify(join(folder.path, ".git"))} })`;
  // In a process of its own: what tests run in hides its objects from the query, which collects garbage before.
  const script = `
    import { setTimeout } from "node:timers/promises";
    import { queryObjects } from "node:v8";
    import { git } from "${import.meta.dirname}/../../src/workspace/git.ts";
    const calls = async (times) => {
      for (let i = 0; i < times; i++) await ${call};
      await setTimeout(100);
      return queryObjects(Promise, { format: "count" });
    };
    const before = await calls(5);
    console.log((await calls(25)) - before);
  `;
  const more = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });

  expect(Number(more)).toBeLessThan(20);
});

test("what git says before it fails is read to its end", async () => {
  using folder = temporaryFolder();
  makeRepository(folder.path, { "a.txt": "a" });
  const names = Array.from({ length: 5000 }, (_, index) => `missing-${index}`);
  const gitDir = join(folder.path, ".git");
  let all = "";
  const explain = (text: string) => {
    all = text;
    return undefined;
  };

  await expect(git(["checkout", "--", ...names], { gitDir, cwd: folder.path, explain })).rejects.toThrow(
    "missing-0",
  );
  expect(all).toContain("'missing-4999'");
});
