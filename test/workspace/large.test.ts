import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { fetchCommits } from "../../src/workspace/fetch-commits.ts";
import { fetchRepository } from "../../src/workspace/fetch-repository.ts";
import { gitIn, makeRepository, temporaryFolder } from "./parts/folder.ts";
import { serveGit } from "./parts/git-server.ts";

const name = { owner: "acme", repo: "shop" };
const mib = 2 ** 20;

async function arrange(
  files: Record<string, string | Buffer>,
  send?: (response: ServerResponse, body: Buffer) => void,
) {
  const folder = temporaryFolder();
  const source = join(folder.path, "acme", "shop.git");
  const commit = makeRepository(source, files);
  const server = await serveGit(folder.path, send === undefined ? {} : { send });
  const cacheDir = join(folder.path, "cache");
  const cache = join(cacheDir, "acme", "shop");
  return {
    ...{ source, commit, cache },
    options: { remoteUrl: `${server.url}/acme/shop.git`, cacheDir, name, branch: "main" },
    /** What is left of a transfer: objects, and folders of what was on its way. */
    left: () =>
      readdirSync(cache, { recursive: true, encoding: "utf8" }).filter((path) =>
        /incoming|tmp_|objects\/.*\/./.test(path),
      ),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

test("a server that sends a byte now and then is given up", async () => {
  const drops: NodeJS.Timeout[] = [];
  await using given = await arrange({ "a.txt": "1\n" }, (response, body) => {
    let at = 0;
    drops.push(setInterval(() => response.write(body.subarray(at, ++at)), 100));
  });
  const fetched = fetchRepository({ ...given.options, stallSeconds: 2 });
  await expect(fetched).rejects.toMatchObject({ code: "git-unreachable" });
  for (const drop of drops) clearInterval(drop);
  expect(given.left()).toEqual([]);
});

/** So many that git writes them down as they come. */
const many = () => ({
  ...Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`f${i}.txt`, `content ${i}\n`])),
  "noise.bin": randomBytes(3 * mib),
});

test("a transfer that grows beyond the limit is ended while it runs, and nothing of it stays", async () => {
  // The end never comes, and git itself would wait for it.
  await using given = await arrange(many(), (response, body) =>
    body.length < mib ? response.end(body) : response.write(body.subarray(0, -100)),
  );
  const fetched = fetchRepository({ ...given.options, maxMib: 2, stallSeconds: 3600 });
  await expect(fetched).rejects.toMatchObject({
    code: "repository-fetch-too-large",
    message: expect.stringMatching(/^The newest commit of acme\/shop is more than 2 MiB to fetch,/),
  });
  expect(given.left()).toEqual([]);
});

test("one that ended before anybody looked is held against the limit too", async () => {
  await using given = await arrange(many());
  const { options, commit } = given;
  for (const fetched of [
    () => fetchRepository({ ...options, maxMib: 2 }),
    () => fetchCommits({ ...options, base: commit, head: commit, maxMib: 2 }),
  ])
    await expect(fetched()).rejects.toMatchObject({ code: "repository-fetch-too-large" });
  expect(given.left()).toEqual([]);
  expect((await fetchRepository({ ...options, maxMib: 4 })).commit).toBe(commit);
});

test("a small pack whose files would fill the disk is refused before they are written", async () => {
  await using given = await arrange({ "zeros.bin": Buffer.alloc(3 * mib), "a.txt": "1\n" });
  const { options, commit } = given;
  for (const fetched of [
    () => fetchRepository({ ...options, maxMib: 2 }),
    () => fetchCommits({ ...options, base: commit, head: commit, maxMib: 2 }),
  ])
    await expect(fetched()).rejects.toMatchObject({ code: "commit-too-large" });
});

test("a few objects that name a hundred million files are refused", async () => {
  await using given = await arrange({});
  const { source, options } = given;
  const entry = { type: "blob", mode: "100644", sha: gitIn(source, "hash-object", "-w", "--stdin") };
  // Eight folders in one another, each with ten of the next.
  for (let depth = 0; depth < 8; depth++) {
    const lines = Array.from({ length: 10 }, (_, i) => `${entry.mode} ${entry.type} ${entry.sha}\t${i}\n`);
    const options = { cwd: source, input: lines.join(""), encoding: "utf8" } as const;
    entry.sha = execFileSync("git", ["mktree"], options).trim();
    [entry.type, entry.mode] = ["tree", "040000"];
  }
  const bomb = gitIn(source, "commit-tree", "-m", "bomb", entry.sha);
  gitIn(source, "update-ref", "refs/heads/bomb", bomb);
  const fetched = fetchRepository({ ...options, branch: "bomb", maxMib: 2048 });
  await expect(fetched).rejects.toMatchObject({
    code: "commit-too-large",
    message: expect.stringContaining("or more than 1000000 files"),
  });
  expect(existsSync(join(given.cache, "previous"))).toBe(false);
});
