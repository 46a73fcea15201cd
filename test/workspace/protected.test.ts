import { expect, test } from "@jest/globals";
import { withoutProtected } from "../../src/workspace/protected.ts";
import type { FileChange } from "../../src/workspace/types.ts";

function split(paths: string[], { more = [], allow = [] }: { more?: string[]; allow?: string[] } = {}) {
  const changes = paths.map(
    (path): FileChange =>
      ({ path, status: "modified", mode: "100644", blob: "0".repeat(40), binary: false }) as FileChange,
  );
  const { kept, dropped, opened } = withoutProtected(changes, { protected: more, allow });
  return {
    kept: kept.map(({ path }) => path),
    dropped: dropped.map(({ path, reason }) => `${path}: ${reason}`),
    opened,
  };
}

const docs = ".github/workflows/docs.yml";

test("what is allowed is kept and named, whether the list is ours or the repository's", () => {
  const paths = ["a.js", docs, ".github/workflows/ci.yml", "infra/x.tf"];
  expect(split(paths, { more: ["infra"], allow: [docs, "infra/**"] })).toEqual({
    kept: ["a.js", docs, "infra/x.tf"],
    dropped: [".github/workflows/ci.yml: protected"],
    opened: [docs, "infra/x.tf"],
  });
});

test("what is allowed without being protected is a path like any other", () => {
  expect(split(["a.js"], { allow: ["**"] })).toEqual({ kept: ["a.js"], dropped: [], opened: [] });
});

test.each([
  ".git/config",
  "sub/.GIT/hooks/x",
  "git~1/x",
  ".git\u200b/config",
  ".git./config",
  ".github./workflows/x.yml",
])("no glob allows what another file system takes for something else: %j", (path) => {
  expect(split([path], { allow: ["**", path] })).toEqual({
    kept: [],
    dropped: [`${path}: protected`],
    opened: [],
  });
});

test.each([
  ["package-lock.json", "package.json"],
  ["web/pnpm-lock.yaml", "web/packages/a/package.json"],
  ["yarn.lock", "package.json"],
  ["uv.lock", "pyproject.toml"],
  ["go.sum", "go.mod"],
  ["go.work.sum", "go.work"],
  ["Cargo.lock", "crates/a/Cargo.toml"],
  ["gradle.lockfile", "build.gradle.kts"],
  ["composer.lock", "composer.json"],
  ["Gemfile.lock", "a.gemspec"],
])("a lockfile goes with its manifest, and not alone: %s", (lock, manifest) => {
  expect(split([lock, manifest]).dropped).toEqual([]);
  expect(split([lock, "src/a.js"])).toEqual({
    kept: ["src/a.js"],
    dropped: [`${lock}: lockfile`],
    opened: [],
  });
  expect(split([lock, "other/README.md"], { allow: [lock] }).opened).toEqual([lock]);
});
