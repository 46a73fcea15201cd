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

const steering = [
  ...[".gitmodules", "lib/.gitattributes", ".github/actions/a/action.yml", ".github/firstdraft.yml"],
  ...["CODEOWNERS", "docs/CODEOWNERS", ".circleci/config.yml", "appveyor.yml", ".drone.yml", "Jenkinsfile"],
  ...["bitbucket-pipelines.yml", ".woodpecker.yml", ".woodpecker/a.yml", ".forgejo/workflows/a.yml"],
  ...["web/.npmrc", ".yarnrc.yml", ".yarn/releases/yarn.cjs", ".pnpmfile.cjs", "bunfig.toml", "a/pip.conf"],
  ...[
    ".cargo/config.toml",
    ".mvn/extensions.xml",
    "gradle/wrapper/gradle-wrapper.properties",
    "NuGet.Config",
  ],
  ...[
    ".bundle/config",
    ".husky/pre-commit",
    ".pre-commit-config.yaml",
    "lefthook.yml",
    ".lefthook-local.toml",
    ".config/lefthook.json",
    ".envrc",
    ".gitpod.yml",
  ],
  ...[".vscode/tasks.json", ".vscode/mcp.json", "a.code-workspace", ".idea/workspace.xml", ".zed/tasks.json"],
  ...[".claude/settings.json", "web/.cursor/mcp.json", ".codex/config.toml", ".gemini/settings.json"],
  ...[".mcp.json", ".dir-locals.el", ".devcontainer.json", ".devcontainer/devcontainer.json"],
];

test.each(steering)("what steers tools is left out unless it is allowed: %s", (path) => {
  expect(split([path, "src/a.js"])).toEqual({
    kept: ["src/a.js"],
    dropped: [`${path}: protected`],
    opened: [],
  });
  expect(split([path], { allow: [path] }).opened).toEqual([path]);
});

test.each([
  "src/idea.ts",
  "claude/x.py",
  "gradle/libs.versions.toml",
  "docs/devcontainer.md",
  ".vscode/extensions.json",
])("what only sounds like it is a path like any other: %s", (path) =>
  expect(split([path]).kept).toEqual([path]),
);

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
