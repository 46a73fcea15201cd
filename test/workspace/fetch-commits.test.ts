import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { fetchCommits } from "../../src/workspace/fetch-commits.ts";
import { readFile } from "../../src/workspace/read-file.ts";
import { commitAll, gitIn, makeRepository, temporaryFolder, write } from "./parts/folder.ts";
import { serveGit } from "./parts/git-server.ts";

const name = { owner: "acme", repo: "shop" };
const token = "ghs_CANARY0123456789abcdefCANARY0123456789";

function arrange() {
  const folder = temporaryFolder();
  const source = join(folder.path, "acme", "shop.git");
  const base = makeRepository(source, { "a.txt": "1\n", "same.txt": "same\n" });
  return {
    ...{ folder, source, base },
    cacheDir: join(folder.path, "cache"),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

test("two commits by their SHAs, without what lies between, though no branch is left of one", async () => {
  using given = arrange();
  const { source, base, cacheDir } = given;
  write(source, { "a.txt": "between\n" });
  commitAll(source);
  write(source, { "a.txt": "2\n" });
  const head = commitAll(source);
  gitIn(source, "update-ref", "refs/pull/1/head", head);
  gitIn(source, "reset", "--quiet", "--hard", base);
  await using server = await serveGit(given.folder.path, { token });
  const remote = { remoteUrl: `${server.url}/acme/shop.git`, cacheDir, name, token: async () => token };

  const { repository, headTree } = await fetchCommits({ ...remote, base, head, branch: "main" });

  expect(repository).toMatchObject({ commit: base, branch: "main" });
  expect(await readFile(repository, repository.tree, "a.txt")).toBe("1\n");
  expect(await readFile(repository, headTree, "a.txt")).toBe("2\n");
  expect(gitIn(repository.gitDir, "rev-list", "--count", head)).toBe("1");
});

test("a commit that the server no longer has, and what is no commit's SHA", async () => {
  using given = arrange();
  const { base, cacheDir } = given;
  await using server = await serveGit(given.folder.path);
  const remote = { remoteUrl: `${server.url}/acme/shop.git`, cacheDir, name };
  const fetched = (head: string) => fetchCommits({ ...remote, base, head, branch: "main" });

  const gone = "0123456789abcdef0123456789abcdef01234567";
  await expect(fetched(gone)).rejects.toMatchObject({
    code: "commit-gone",
    what: expect.stringContaining(gone),
  });
  for (const head of ["HEAD", "main", "--upload-pack=x", base.slice(0, 12), `${base}\n`])
    await expect(fetched(head)).rejects.toMatchObject({ code: "revision-unknown" });
});
