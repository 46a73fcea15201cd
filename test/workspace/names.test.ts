import { expect, test } from "@jest/globals";
import { requirePlainNames, requirePlainRevision } from "../../src/workspace/names.ts";

const name = { owner: "acme", repo: "shop" };

test.each(["main", "master", "release/1.2", "feature/a_b-c+d@2", "firstdraft/issue-12", "v1.0.x"])(
  "branch %s is taken",
  (branch) => {
    expect(() => requirePlainNames(name, branch)).not.toThrow();
  },
);

test.each([
  "--upload-pack=x",
  "-f",
  "a;id",
  "a$(id)",
  "a`id`",
  "refs/heads/..",
  "a..b",
  "@{-1}",
  "@",
  "a@{1}",
  "maïn",
  "main​",
  "ма",
  "a b",
  "a\nb",
  "a\0b",
  "a\\b",
  "a~1",
  "a^",
  "a:b",
  "a?",
  "a*",
  "a[b",
  "/a",
  "a/",
  "a//b",
  ".a",
  "a/.b",
  "a.lock",
  "a.lock/b",
  "a.",
  "",
  "x".repeat(300),
])("branch %j is refused", (branch) => {
  expect(() => requirePlainNames(name, branch)).toThrow(
    expect.objectContaining({ code: "branch-name-refused" }),
  );
});

test.each([
  ["..", "shop"],
  ["acme", ".."],
  ["acme", "."],
  ["acme", "../shop"],
  ["acme", "a/b"],
  ["acme", "-x"],
  ["acme/x", "shop"],
  ["-x", "shop"],
  ["", "shop"],
  ["acme", ""],
  ["acme", "sh\0op"],
  ["acme", "shöp"],
])("repository %j/%j is refused", (owner, repo) => {
  expect(() => requirePlainNames({ owner, repo }, "main")).toThrow(
    expect.objectContaining({ code: "repository-name-refused" }),
  );
});

test.each([
  ["octo-org", ".github"],
  ["a_b", "x.y-z_1"],
])("repository %s/%s is taken", (owner, repo) => {
  expect(() => requirePlainNames({ owner, repo }, "main")).not.toThrow();
});

test.each(["", "-x", "--git-dir=/x", "a b", "a\nb"])("revision %j is refused", (rev) => {
  expect(() => requirePlainRevision(rev)).toThrow(expect.objectContaining({ code: "revision-unknown" }));
});
