import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Octokit } from "@octokit/rest";
import { type Publication, publish, showCommit } from "../../src/github/publish.ts";
import { branch, publicationOf } from "./publication.ts";
import { connect, name, openShop, type Shop, see, writes } from "./shop.ts";

const vat20 = { path: "src/price.js", mode: "100644", content: Buffer.from("export const vat = 20;\n") };
const vat21 = { ...vat20, content: Buffer.from("export const vat = 21;\n") };

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.github.close());

const publication = (changes: Publication["changes"] = [vat20], publishedHead: string | null = null) =>
  publicationOf(shop, changes, publishedHead);

const headOf = async () => (await see(shop.github, `/git/ref/heads/${branch}`)).object?.sha;

test("the proved tree becomes one commit on its base, with modes, bytes and deletions", async () => {
  const changes = [
    vat20,
    { path: "README.md", mode: "100644", content: null },
    { path: "bin/run", mode: "100755", content: Buffer.from("#!/bin/sh\r\n") },
    { path: "link", mode: "120000", content: Buffer.from("src/price.js") },
    { path: "logo.png", mode: "100644", content: Buffer.from([0x89, 0x50, 0, 0xff]) },
    { path: "tëst/ünï.txt", mode: "100644", content: Buffer.from("\ufeffä\n") },
  ];
  const wanted = await publication(changes);
  const { commit, unchanged } = await publish(shop.access, wanted);

  expect(unchanged).toBe(false);
  expect(await headOf()).toBe(commit);
  const made = await see(shop.github, `/git/commits/${commit}`);
  expect(made.tree.sha).toBe(wanted.tree);
  expect(made.parents.map(({ sha }: { sha: string }) => sha)).toEqual([wanted.base.commit]);
  expect(made.message).toBe("Raise the VAT\n\nFirstdraft-Branch: firstdraft/issue-1\n");
  expect(writes(shop.github)).toEqual([
    "POST /git/blobs",
    "POST /git/trees",
    "POST /git/commits",
    "POST /git/refs",
  ]);
  const sent = shop.github.requests.find(({ path }) => path.endsWith("/git/commits"))?.body;
  // GitHub signs an App's commit only if the App leaves both to it.
  expect(sent).not.toHaveProperty("author");
  expect(sent).not.toHaveProperty("committer");
});

test("once all is uploaded it is asked whether it is still wanted: where not, no branch is made", async () => {
  const gone = new Error("gone");
  const stillWanted = async () => {
    expect(writes(shop.github)).toEqual(["POST /git/trees", "POST /git/commits"]);
    throw gone;
  };
  await expect(publish(shop.access, { ...(await publication()), stillWanted })).rejects.toBe(gone);
  expect(await headOf()).toBeUndefined();
});

test("the commit can be fetched by git", async () => {
  const { commit } = await publish(shop.access, await publication());
  const gitDir = await shop.github.gitDir("acme", "shop");
  const shown = execFileSync("git", ["--git-dir", gitDir, "show", `${commit}:src/price.js`], {
    encoding: "utf8",
  });
  expect(shown).toBe("export const vat = 20;\n");
});

test("published twice, it is there once", async () => {
  const wanted = await publication();
  const first = await publish(shop.access, wanted);
  const again = await publish(shop.access, wanted);
  expect(again).toEqual({ commit: first.commit, unchanged: true });
  expect(writes(shop.github).filter((line) => line.includes("commits"))).toHaveLength(1);
});

test("another attempt replaces our own commit, from a newer base", async () => {
  const first = await publish(shop.access, await publication());
  await shop.github.as("alice").push(name, "main", { message: "Note", files: { "NOTE.md": "note\n" } });
  const second = await publication([vat21], first.commit);
  const { commit } = await publish(shop.access, second);
  expect(await headOf()).toBe(commit);
  const made = await see(shop.github, `/git/commits/${commit}`);
  expect(made.parents[0].sha).toBe(second.base.commit);
});

test("our App's commit is known even if no pull request recorded it", async () => {
  await publish(shop.access, await publication());
  const second = await publication([vat21]);
  const { commit } = await publish(shop.access, second);
  expect(await headOf()).toBe(commit);
});

test("somebody else's commit on the branch is never overwritten", async () => {
  const first = await publish(shop.access, await publication());
  const theirs = await shop.github
    .as("alice")
    .push(name, branch, { message: "Fix", files: { "a.txt": "a\n" } });
  const second = await publication([vat21], first.commit);
  await expect(publish(shop.access, second)).rejects.toMatchObject({ code: "branch-moved", kind: "stopped" });
  expect(await headOf()).toBe(theirs);
});

test("one more commit goes on top of the head that it was made for, and of no other, though that is ours", async () => {
  const first = await publish(shop.access, await publication());
  const second = await publication([vat21], first.commit);
  const kept: string[] = [];
  const keep = async (commit: string) => void kept.push(commit);
  await expect(publish(shop.access, { ...second, keep, onTop: true })).rejects.toMatchObject({
    code: "revised-moved",
  });
  expect([await headOf(), kept]).toEqual([first.commit, []]);
});

test("of two on top of one head that come at the same moment GitHub takes the first", async () => {
  const first = await publish(shop.access, await publication());
  const base = { commit: first.commit, tree: (await publication()).tree };
  const second = { ...(await publication([vat21], first.commit)), base, onTop: true };
  let theirs = "";
  const access = await connect(shop.github, await shop.github.appToken());
  (access.octokit as Octokit).hook.before("request", async ({ method, url }) => {
    if (method !== "PATCH" || !url.includes("/git/refs/")) return;
    theirs = await shop.github.as("alice").push(name, branch, { message: "Fix", files: { "a.txt": "a\n" } });
  });
  await expect(publish(access, second)).rejects.toMatchObject({ code: "revised-moved" });
  expect(await headOf()).toBe(theirs);
});

test.each([{ onTop: true }, { onTop: false }])(
  "a branch that GitHub will not move says what GitHub said, not that somebody had moved it: %o",
  async ({ onTop }) => {
    const first = await publish(shop.access, await publication());
    const base = { commit: first.commit, tree: (await publication()).tree };
    const second = await publication([vat21], first.commit);
    const message = "Repository rule violations found";
    shop.github.fail({ method: "PATCH", path: /\/git\/refs\//, status: 422, body: { message } });
    await expect(
      publish(shop.access, { ...second, ...(onTop ? { base, onTop } : {}) }),
    ).rejects.toMatchObject({
      code: "github-refused",
      what: expect.stringContaining(message),
    });
    expect(await headOf()).toBe(first.commit);
  },
);

test("nor is a branch that a person made under our name", async () => {
  const theirs = await shop.github
    .as("alice")
    .push(name, branch, { message: "Mine", files: { "a.txt": "a\n" } });
  await expect(publish(shop.access, await publication())).rejects.toMatchObject({ code: "branch-moved" });
  expect(await headOf()).toBe(theirs);
});

test("with a person's token, an unrecorded commit by that person is theirs", async () => {
  const access = await connect(shop.github, shop.github.token("alice"));
  await publish(access, await publication());
  const second = await publication([vat21]);
  await expect(publish(access, second)).rejects.toMatchObject({ code: "branch-moved" });
  const recorded = { ...second, publishedHead: await headOf() };
  expect((await publish(access, recorded)).unchanged).toBe(false);
});

test("with a person's token, what was cut off before it was recorded is brought to its end", async () => {
  const access = await connect(shop.github, shop.github.token("alice"));
  const wanted = await publication();
  const { commit } = await publish(access, wanted);
  expect(await publish(access, wanted)).toEqual({ commit, unchanged: true });
  const theirs = { branch, publishedHead: null };
  await showCommit(access, theirs, commit);
  await expect(showCommit(access, theirs, wanted.base.commit)).rejects.toMatchObject({
    code: "branch-moved",
  });
  expect(await headOf()).toBe(commit);
});

test("one that is not shown is made and kept, and the branch stays", async () => {
  const first = await publish(shop.access, await publication());
  const kept: string[] = [];
  const keep = async (commit: string) => void kept.push(commit);
  const other = await publication([vat21]);
  const { commit } = await publish(shop.access, { ...other, keep, shows: false });
  expect(kept).toEqual([commit]);
  expect(await headOf()).toBe(first.commit);
  // Made before, it is not made again.
  const commits = () => writes(shop.github).filter((line) => line.endsWith("/git/commits")).length;
  const before = commits();
  expect(await publish(shop.access, { ...other, made: commit })).toEqual({ commit, unchanged: false });
  expect([commits(), await headOf()]).toEqual([before, commit]);
});

test("a push between the first look and the last step is noticed", async () => {
  const first = await publish(shop.access, await publication());
  const second = await publication([vat21], first.commit);
  let theirs = "";
  const { octokit } = shop.access;
  const createTree: typeof octokit.rest.git.createTree = Object.assign(
    async (parameters?: Parameters<typeof octokit.rest.git.createTree>[0]) => {
      theirs = await shop.github
        .as("alice")
        .push(name, branch, { message: "Fix", files: { "a.txt": "a\n" } });
      return octokit.rest.git.createTree(parameters);
    },
    octokit.rest.git.createTree,
  );
  const rest = { ...octokit.rest, git: { ...octokit.rest.git, createTree } };
  const access = { ...shop.access, octokit: { ...octokit, rest } };
  await expect(publish(access, second)).rejects.toMatchObject({ code: "branch-moved" });
  expect(await headOf()).toBe(theirs);
});

test("another tree than the proved one is not published", async () => {
  const wanted = { ...(await publication()), tree: "a".repeat(40) };
  await expect(publish(shop.access, wanted)).rejects.toMatchObject({ code: "tree-mismatch" });
  expect(await headOf()).toBeUndefined();
  expect(writes(shop.github)).toEqual(["POST /git/trees"]);
});

test("a lost answer to the last step does not matter", async () => {
  shop.github.fail({ method: "POST", path: /\/git\/refs$/, status: 502, carriedOut: true });
  const access = await connect(shop.github, await shop.github.appToken(), 1);
  const { commit } = await publish(access, await publication());
  expect(await headOf()).toBe(commit);
});

test("only branches below firstdraft/ and plain files can be published", async () => {
  const wanted = await publication();
  expect(() => publish(shop.access, { ...wanted, branch: "main" })).toThrow("not ours");
  const submodule = { path: "sub", mode: "160000", content: Buffer.from("") };
  await expect(publish(shop.access, { ...wanted, changes: [submodule] })).rejects.toThrow("mode 160000");
});
