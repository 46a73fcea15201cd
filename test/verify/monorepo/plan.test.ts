import { expect, test } from "@jest/globals";
import { findPlan } from "../../../src/verify/plan/find-plan.ts";
import { limitedTo } from "../../../src/verify/plan/limit-plan.ts";
import {
  backendAndWeb,
  crate,
  crates,
  type Files,
  jest,
  json,
  look,
  members,
  mod,
  modules,
  pnpmMembers,
  pytest,
  script,
} from "./samples.ts";

const setupOfBackend =
  "(cd backend && python3 -m venv --system-site-packages .venv && .venv/bin/python -m pip install -r requirements.txt pytest)";
const cases: [string, Files, string[], { test: string | null; setup?: string | null }][] = [
  [
    "Python beside JavaScript: a change in one",
    backendAndWeb,
    ["backend/app.py", "README.md"],
    { test: "(cd backend && .venv/bin/python -m pytest)", setup: setupOfBackend },
  ],
  [
    "Python beside JavaScript: a change in both",
    backendAndWeb,
    ["backend/app.py", "web/app.js"],
    {
      test: "(cd backend && .venv/bin/python -m pytest) && (cd web && npm test)",
      setup: `${setupOfBackend} && (cd web && npm ci)`,
    },
  ],
  [
    "a file that no toolchain lies above: all that there are",
    backendAndWeb,
    ["web/app.js", "shared/schema.json"],
    { test: "(cd web && npm test) && (cd backend && .venv/bin/python -m pytest)" },
  ],
  [
    "a root that tests, and a project of another language below it",
    {
      "package.json": script("jest"),
      "app.test.js": "",
      "service/pyproject.toml": "",
      "service/test_a.py": pytest,
    },
    ["service/a.py"],
    { test: "(cd service && python3 -m pytest)" },
  ],
  [
    "a crate for fuzzing beside the one that is tested",
    { "Cargo.toml": "[package]\n", "src/lib.rs": "", "fuzz/Cargo.toml": "[package]\n", "fuzz/run.sh": "" },
    ["src/lib.rs", "fuzz/run.sh"],
    { test: "cargo test" },
  ],
  [
    "two toolchains in one folder: the one of the language that changed",
    { "package.json": script("jest"), "app.js": "", "test_a.py": pytest },
    ["a.py"],
    { test: "python3 -m pytest" },
  ],
  [
    "npm workspace without a script at its root: the member, then the others, installed once at the root",
    members,
    ["packages/cli/index.js"],
    { test: "(cd packages/cli && npm test) && (cd packages/core && npm test)", setup: "npm ci" },
  ],
  [
    "npm workspace whose script calls those of its members",
    {
      ...members,
      "package.json": script("npm test --workspaces --if-present", { workspaces: ["packages/*"] }),
    },
    ["packages/core/index.js"],
    { test: "(cd packages/core && npm test) && (cd packages/cli && npm test)" },
  ],
  [
    "npm workspace whose script builds first",
    { ...members, "package.json": script("npm run build && npm test -ws", { workspaces: ["packages/*"] }) },
    ["packages/core/index.js"],
    { test: "npm test" },
  ],
  [
    "npm workspace with one jest at its root",
    { ...members, "package.json": script("jest --config config/jest.js", { workspaces: ["packages/*"] }) },
    ["packages/cli/index.js"],
    { test: "npm test" },
  ],
  [
    "npm workspace whose root tests only itself",
    { ...members, "package.json": script("mocha test/*.js", { workspaces: ["packages/*"] }) },
    ["packages/cli/index.js"],
    { test: "(cd packages/cli && npm test) && npm test && (cd packages/core && npm test)" },
  ],
  [
    "pnpm workspace: its manager, its list of members",
    pnpmMembers,
    ["packages/core/index.js"],
    { test: "(cd packages/core && pnpm test)" },
  ],
  [
    "a package that is no member has its own dependencies",
    { ...members, "site/package.json": script("jest", jest), "site/a.js": "" },
    ["site/a.js"],
    {
      test: "(cd site && npm test)",
      setup:
        "(cd site && { npm install --no-package-lock || npm install --no-package-lock --legacy-peer-deps; })",
    },
  ],
  [
    "what depends on the changed package by its path runs after it",
    {
      "core/package.json": script("node --test"),
      "core/a.js": "",
      "app/package.json": script("node --test", { dependencies: { core: "file:../core" } }),
    },
    ["core/a.js"],
    { test: "(cd core && npm test) && (cd app && npm test)" },
  ],
  ["a second Go module", modules, ["tools/t.go"], { test: "(cd tools && go test ./...)" }],
  ["the first Go module", modules, ["a.go"], { test: "go test ./..." }],
  [
    "go.work: the module, then the others",
    {
      "go.work": "go 1.19\n\nuse (\n\t./lib // first\n\t./app\n)\n",
      "lib/go.mod": mod("lib"),
      "app/go.mod": mod("app"),
    },
    ["app/a.go"],
    { test: "(cd app && go test ./...) && (cd lib && go test ./...)" },
  ],
  ["Cargo workspace", crates, ["crates/a/src/lib.rs"], { test: "cargo test --workspace" }],
  [
    "a crate outside of the workspace",
    crates,
    ["crates/old/src/lib.rs"],
    { test: "(cd crates/old && cargo test)" },
  ],
  [
    "Cargo workspace with a package at its root",
    { ...crates, "Cargo.toml": `${crate("root")}\n[workspace]\nmembers = ["crates/*"]\n`, "src/lib.rs": "" },
    ["src/lib.rs"],
    { test: "cargo test --workspace" },
  ],
  [
    "Maven's modules",
    {
      "pom.xml": "<modules><module>a</module></modules>",
      "a/pom.xml": "<project/>",
      "b/pom.xml": "<project/>",
    },
    ["a/src/main/java/A.java"],
    { test: "mvn -B test" },
  ],
  [
    "a Maven project that is no module",
    {
      "pom.xml": "<modules><module>a</module></modules>",
      "a/pom.xml": "<project/>",
      "b/pom.xml": "<project/>",
    },
    ["b/src/main/java/B.java"],
    { test: "(cd b && mvn -B test)" },
  ],
  [
    "pytest at the root, and a package below without dependencies of its own",
    { "pytest.ini": "", "lib/setup.py": "", "lib/a.py": "", "lib/tests/test_a.py": pytest },
    ["lib/a.py"],
    { test: "python3 -m pytest" },
  ],
  [
    "pytest at the root that is kept to other folders",
    {
      "pytest.ini": "[pytest]\ntestpaths = tests\n",
      "tests/test_b.py": "",
      "lib/setup.py": "",
      "lib/test_a.py": pytest,
    },
    ["lib/a.py"],
    { test: "(cd lib && python3 -m pytest)" },
  ],
  [
    "fixtures, examples and what is vendored are no projects",
    {
      "package.json": script("jest"),
      "examples/a/package.json": script("mocha"),
      "vendor/x/go.mod": mod("x"),
      "test/fixtures/p/package.json": script("mocha"),
    },
    ["examples/a/index.js", "vendor/x/x.go", "test/fixtures/p/a.js"],
    { test: "npm test" },
  ],
  [
    "CMake below CMake is its part",
    { "CMakeLists.txt": "", "lib/CMakeLists.txt": "" },
    ["lib/a.cc"],
    { test: expect.stringMatching(/^cmake -S \. /) as unknown as string },
  ],
  ["nothing that tests", { "web/package.json": json({}) }, ["web/a.js"], { test: null }],
];

test.each(cases)("%s", async (_name, files, changed, expected) => {
  expect(await findPlan(look(files), {}, changed)).toMatchObject(expected);
});

test("a configured command is the only one", async () => {
  const plan = await findPlan(look(backendAndWeb), { test: "make check" }, ["web/app.js"]);
  expect(plan).toMatchObject({ test: "make check", parts: [{ folder: "", runner: "command" }] });
});

test("a configured setup takes the place of all others, once", async () => {
  const plan = await findPlan(look(backendAndWeb), { setup: "make deps" }, ["backend/app.py", "web/app.js"]);
  expect(plan.setup).toBe("make deps");
  expect((await findPlan(look(backendAndWeb), { setup: null }, ["web/app.js"])).setup).toBeNull();
});

test("before there is a change: the root, or the folders that can test", async () => {
  expect(await findPlan(look(modules), {}, null)).toMatchObject({ test: "go test ./..." });
  expect(await findPlan(look(backendAndWeb), {}, null)).toMatchObject({
    test: "(cd backend && .venv/bin/python -m pytest) && (cd web && npm test)",
  });
});

test("only the affected packages: files to the parts that have them", async () => {
  const both = await findPlan(look(backendAndWeb), {}, ["backend/app.py", "web/app.js"]);
  expect(limitedTo(both, ["web/app.test.js"])).toMatchObject({
    test: "(cd web && npm test -- --runTestsByPath app.test.js)",
    setup: "(cd web && npm ci)",
  });
  const workspace = await findPlan(look(crates), {}, ["crates/a/src/lib.rs"]);
  expect(limitedTo(workspace, ["crates/a/src/lib.rs"])?.test).toBe("cargo test -p alpha");
  const one = await findPlan(look({ Makefile: "test:\n" }), {}, ["a.c"]);
  expect(limitedTo(one, ["test/a.c"])).toBeNull();
});
