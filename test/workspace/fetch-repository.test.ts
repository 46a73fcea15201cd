import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { checkout } from "../../src/workspace/checkout.ts";
import { fetchCommits } from "../../src/workspace/fetch-commits.ts";
import { fetchRepository } from "../../src/workspace/fetch-repository.ts";
import { readFile } from "../../src/workspace/read-file.ts";
import { commitAll, gitIn, makeRepository, temporaryFolder, write } from "./parts/folder.ts";
import { serveGit } from "./parts/git-server.ts";

const name = { owner: "acme", repo: "shop" };
const token = "ghs_CANARY0123456789abcdefCANARY0123456789";

function arrange(files: Record<string, string> = { "a.txt": "1\n" }) {
  const folder = temporaryFolder();
  const source = join(folder.path, "acme", "shop.git");
  const commit = makeRepository(source, files);
  return {
    folder,
    source,
    commit,
    cacheDir: join(folder.path, "cache"),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

test("the tip of the branch arrives without history, from a server that knows no filters", async () => {
  using given = arrange();
  write(given.source, { "a.txt": "2\n" });
  const tip = commitAll(given.source);
  await using server = await serveGit(given.folder.path);

  const repository = await fetchRepository({
    remoteUrl: `${server.url}/acme/shop.git`,
    cacheDir: given.cacheDir,
    name,
    branch: "main",
  });

  expect(repository).toMatchObject({
    commit: tip,
    branch: "main",
    tree: gitIn(given.source, "rev-parse", "HEAD^{tree}"),
  });
  expect(await readFile(repository, repository.tree, "a.txt")).toBe("2\n");
  expect(gitIn(repository.gitDir, "rev-list", "--count", tip)).toBe("1");
});

test("a later fetch is sent only what is new, and its tree is whole", async () => {
  const files = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`f${i}.txt`, `content ${i}\n`]));
  using given = arrange(files);
  await using server = await serveGit(given.folder.path);
  const options = {
    remoteUrl: `${server.url}/acme/shop.git`,
    cacheDir: given.cacheDir,
    name,
    branch: "main",
  };
  await fetchRepository(options);
  const before = objectsIn(given.cacheDir);
  write(given.source, { "f7.txt": "new\n" });
  const tip = commitAll(given.source);

  const repository = await fetchRepository(options);

  expect(repository.commit).toBe(tip);
  expect(objectsIn(given.cacheDir) - before).toBe(3);
  await checkout(repository, repository.tree, join(given.folder.path, "out"));
  expect(readdirSync(join(given.folder.path, "out"))).toHaveLength(300);
});

function objectsIn(cacheDir: string): number {
  const gitDir = readdirSync(join(cacheDir, "acme", "shop")).find((entry) =>
    entry.endsWith(".git"),
  ) as string;
  const counted = gitIn(join(cacheDir, "acme", "shop", gitDir), "count-objects", "-v");
  return Number(/^count: (\d+)/m.exec(counted)?.[1]) + Number(/^in-pack: (\d+)/m.exec(counted)?.[1]);
}

test("a branch that was rewritten is fetched all the same", async () => {
  using given = arrange();
  await using server = await serveGit(given.folder.path);
  const options = {
    remoteUrl: `${server.url}/acme/shop.git`,
    cacheDir: given.cacheDir,
    name,
    branch: "main",
  };
  await fetchRepository(options);
  gitIn(given.source, "commit", "--quiet", "--amend", "--message=rewritten");

  const repository = await fetchRepository(options);

  expect(repository.commit).toBe(gitIn(given.source, "rev-parse", "HEAD"));
});

test("four fetches at once share one cache", async () => {
  using given = arrange();
  await using server = await serveGit(given.folder.path);
  const options = {
    remoteUrl: `${server.url}/acme/shop.git`,
    cacheDir: given.cacheDir,
    name,
    branch: "main",
  };

  const all = await Promise.all([1, 2, 3, 4].map(() => fetchRepository(options)));

  expect(all.map(({ commit }) => commit)).toEqual(Array(4).fill(given.commit));
  expect(new Set(all.map(({ gitDir }) => gitDir)).size).toBe(4);
});

test("the token is seen by the server, and in no argument, file or error", async () => {
  using given = arrange();
  const seen: string[] = [];
  const beforeServing = () => {
    for (const pid of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
      try {
        seen.push(readFileSync(`/proc/${pid}/cmdline`, "utf8"));
      } catch {
        // the process has gone
      }
    }
  };
  await using server = await serveGit(given.folder.path, { token, beforeServing });
  const options = { remoteUrl: `${server.url}/acme/shop.git`, cacheDir: given.cacheDir, name };

  await fetchRepository({ ...options, branch: "main", token: async () => token });
  const failure = await fetchRepository({ ...options, branch: "nope", token: async () => token }).catch(
    String,
  );

  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  expect(server.authorizations).toContain(`Basic ${basic}`);
  expect(seen.some((line) => line.includes(server.url))).toBe(true);
  for (const secret of [token, basic]) {
    expect(seen.join("\n")).not.toContain(secret);
    expect(failure).not.toContain(secret);
    expect(grep(secret, given.folder.path)).toBe("");
  }
});

function grep(text: string, folder: string): string {
  try {
    return execFileSync("grep", ["-rlF", text, folder], { encoding: "utf8" });
  } catch {
    return "";
  }
}

test.each([
  ["branch-missing", {}, { branch: "nope" }],
  ["git-auth", { token }, {}],
  ["git-auth", { token }, { token: async () => "wrong" }],
  ["git-auth", { status: 403 }, {}],
  ["repository-not-found", { status: 404 }, {}],
  ["repository-not-found", {}, { path: "/acme/other.git" }],
  ["git-unreachable", { status: 503 }, {}],
  ["git-unreachable", { stall: true }, { stallSeconds: 1 }],
] as const)("%s is told by its own problem (%o, %o)", async (code, serving, asking) => {
  using given = arrange();
  await using server = await serveGit(given.folder.path, serving);
  const { path = "/acme/shop.git", ...rest } = { path: undefined, ...asking };
  const remoteUrl = `${server.url}${path}`;

  const fetched = fetchRepository({ remoteUrl, cacheDir: given.cacheDir, name, branch: "main", ...rest });

  await expect(fetched).rejects.toMatchObject({ code });
});

test("a repository without commits is told apart from a missing branch", async () => {
  using folder = temporaryFolder();
  gitIn(folder.path, "init", "--quiet", "--bare", "acme/shop.git");
  await using server = await serveGit(folder.path);

  const fetched = fetchRepository({
    remoteUrl: `${server.url}/acme/shop.git`,
    cacheDir: join(folder.path, "cache"),
    name,
    branch: "main",
  });

  await expect(fetched).rejects.toMatchObject({ code: "repository-empty" });
});

test("an abort ends git and gives the signal's reason", async () => {
  using given = arrange();
  await using server = await serveGit(given.folder.path, { stall: true });
  const stop = new AbortController();
  const remoteUrl = `${server.url}/acme/shop.git`;
  const fetched = fetchRepository({
    remoteUrl,
    cacheDir: given.cacheDir,
    name,
    branch: "main",
    signal: stop.signal,
  });
  setTimeout(() => stop.abort(new Error("label removed")), 300);

  await expect(fetched).rejects.toThrow("label removed");
});

test.each([
  ["branch-name-refused", { branch: "--upload-pack=x" }],
  ["branch-name-refused", { branch: "main:refs/heads/main" }],
  ["repository-name-refused", { name: { owner: "..", repo: "shop" } }],
  ["repository-name-refused", { name: { owner: "acme", repo: "../../shop" } }],
])("%s before git is called or a folder made: %j", async (code, odd) => {
  using given = arrange();
  const options = { remoteUrl: "http://127.0.0.1:9/acme/shop.git", cacheDir: given.cacheDir, name };
  await expect(fetchRepository({ ...options, branch: "main", ...odd })).rejects.toMatchObject({ code });
  const sha = "a".repeat(40);
  if ("name" in odd)
    await expect(
      fetchCommits({ ...options, branch: "main", base: sha, head: sha, ...odd }),
    ).rejects.toMatchObject({ code });
  expect(existsSync(given.cacheDir)).toBe(false);
});

test("only plain HTTP addresses are fetched from", async () => {
  using given = arrange();
  for (const remoteUrl of [
    given.source,
    `file://${given.source}`,
    "ext::sh -c id",
    "http://me:pw@127.0.0.1/x",
    "--upload-pack=x",
    "ssh://host/x",
    "http://127.0.0.1/\nx",
  ]) {
    const fetched = fetchRepository({ remoteUrl, cacheDir: given.cacheDir, name, branch: "main" });
    await expect(fetched).rejects.toMatchObject({ code: "remote-url-refused" });
  }
  expect(existsSync(given.cacheDir)).toBe(false);
});
