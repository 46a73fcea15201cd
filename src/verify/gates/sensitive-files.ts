import type { Finding } from "../types.ts";
import type { GateInput } from "./gate.ts";

const kinds: readonly { readonly gate: string; readonly paths: RegExp; readonly reason: string }[] = [
  {
    gate: "ci-file",
    paths:
      /^\.github\/(workflows|actions)\/|^\.gitlab-ci\.yml$|^\.circleci\/|^\.buildkite\/|^azure-pipelines.*\.ya?ml$|^Jenkinsfile$|^\.travis\.yml$|^bitbucket-pipelines\.yml$|^\.drone\.yml$/,
    reason: "It decides what the build server runs.",
  },
  {
    gate: "lockfile",
    paths:
      /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|poetry\.lock|uv\.lock|Pipfile\.lock|go\.sum|Cargo\.lock|gradle\.lockfile|composer\.lock|Gemfile\.lock)$/,
    reason: "It decides which versions of dependencies are installed.",
  },
  {
    gate: "runner-configuration",
    paths:
      /(^|\/)((jest|vitest|vite|karma|playwright|cypress|ava)\.config\.[cm]?[jt]s(on)?|vitest\.workspace\.[jt]s|\.mocharc(\.\w+)?|pytest\.ini|tox\.ini|setup\.cfg|conftest\.py|noxfile\.py|\.coveragerc|\.nycrc(\.\w+)?|Makefile|jasmine\.json|CTestCustom\.cmake)$|^\.github\/firstdraft\.ya?ml$/,
    reason: "It decides which tests run, and how.",
  },
  {
    gate: "lint-rules",
    paths:
      /(^|\/)(\.eslintrc(\.\w+)?|eslint\.config\.[cm]?[jt]s|\.eslintignore|biome\.jsonc?|\.prettierrc(\.\w+)?|\.prettierignore|tsconfig[\w.-]*\.json|\.flake8|\.?ruff\.toml|mypy\.ini|\.pylintrc|\.golangci\.ya?ml|clippy\.toml|rustfmt\.toml|checkstyle[^/]*\.xml|\.clang-tidy)$/,
    reason: "It decides what the linters complain about.",
  },
];

/** Whether a file says which versions of dependencies are installed. */
export const isLockfile = (path: string): boolean =>
  kinds.some(({ gate, paths }) => gate === "lockfile" && paths.test(path));

/** Files that steer the build, the dependencies or the tests, wherever a change touches them. */
export function sensitiveFiles({ changes }: Pick<GateInput, "changes">): Finding[] {
  return changes.flatMap(({ path }) =>
    kinds
      .filter(({ paths }) => paths.test(path))
      .map(({ gate, reason }) => ({ gate, weight: "remark" as const, file: path, line: null, reason })),
  );
}
