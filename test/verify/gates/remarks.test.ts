import { describe, expect, test } from "@jest/globals";
import { found } from "./change.ts";

const said = async (...given: Parameters<typeof found>) =>
  (await found(...given)).map(({ weight, gate, file, line }) => `${weight} ${gate} ${file}:${line}`);

describe("the size of a change", () => {
  const lines = (count: number) => "a\n".repeat(count - 1);

  test("is said beyond 400 lines, or as many as are configured, at its largest file", async () => {
    const head = { "src/a.js": lines(100), "src/b.js": lines(301) };
    expect(await said({}, head, {})).toEqual(["remark large-change src/b.js:null"]);
    expect(await said({}, { "src/a.js": lines(400) }, {})).toEqual([]);
    expect(await said({}, { "src/a.js": lines(400) }, { maxLines: 399 })).toEqual([
      "remark large-change src/a.js:null",
    ]);
  });

  test("leaves out what programs write", async () => {
    const head = {
      "package-lock.json": lines(900),
      "a/__snapshots__/a.snap": lines(900),
      "dist/a.js": lines(900),
    };
    expect((await said({}, head, {})).filter((line) => line.includes("large-change"))).toEqual([]);
  });
});

describe("files far from what the issue names", () => {
  const base = { "src/sum/add.js": "a\n", "lib/net/http.js": "a\n", "src/sum/helper.js": "a\n" };
  const head = {
    "src/sum/add.js": "export function addAll() {}\n",
    "src/sum/helper.js": "b\n",
    "lib/net/http.js": "b\n",
    "test/add.test.js": "b\n",
  };

  test.each([
    ["its path", "The result of src/sum/add.js is wrong."],
    ["its name", "See add.js."],
    ["something in it", "`addAll` is wrong for lists."],
  ])("by %s: what is neither named nor beside it is a remark", async (_, issueText) => {
    expect(await said(base, head, { issueText })).toEqual(["remark far-file lib/net/http.js:null"]);
  });

  test("what imports or is imported by a named file is near", async () => {
    const issueText = "`addAll` is wrong.";
    const importing = { ...head, "lib/net/http.js": 'import { addAll } from "../../src/sum/add.js";\n' };
    expect(await said(base, importing, { issueText })).toEqual([]);
    const imported = {
      ...head,
      "src/sum/add.js": 'import "../../lib/net/http.js";\nexport function addAll() {}\n',
    };
    expect(await said(base, imported, { issueText })).toEqual([]);
  });

  test("nothing is said where the issue names nothing, or there is none", async () => {
    expect(await said(base, head, { issueText: "It is slow, and the sum is wrong when I add." })).toEqual([]);
    expect(await said(base, head, {})).toEqual([]);
  });
});

test.each([
  [
    "jest.config.js",
    "coverageThreshold: {\n  branches: 90,\n}\n",
    "coverageThreshold: {\n  branches: 80,\n}\n",
    2,
  ],
  [
    "pyproject.toml",
    "[tool.coverage.report]\nfail_under = 90\n",
    "[tool.coverage.report]\nfail_under = 50\n",
    2,
  ],
  ["setup.cfg", "addopts = --cov-fail-under=90\n", "addopts = --cov-fail-under=10\n", 1],
  [".nycrc.json", '{\n  "lines": 90,\n  "nyc": 1\n}\n', '{\n  "nyc": 1\n}\n', 2],
])(
  "%s: a limit of coverage that is lowered or dropped is a remark, one that is raised is not",
  async (path, high, low, line) => {
    const lowered = await said({ [path]: high }, { [path]: low }, {});
    expect(lowered).toContain(`remark coverage-lowered ${path}:${line}`);
    const raised = await said({ [path]: low }, { [path]: high }, {});
    expect(raised.join()).not.toContain("coverage-lowered");
  },
);

test("what a build writes is said once a folder, a binary by itself", async () => {
  const head = {
    "dist/a.js": "a",
    "dist/b.js": "a",
    "web/app.min.js": "a",
    "pkg/__pycache__/a.pyc": "a\0",
    "src/build.js": "a",
    "logo.png": "\0",
  };
  expect(await said({}, head, {})).toEqual([
    "remark build-artefact dist/a.js:null",
    "remark build-artefact web/app.min.js:null",
    "remark build-artefact pkg/__pycache__/a.pyc:null",
    "remark binary-file logo.png:null",
  ]);
});

test("one line is said one thing of, and the heavier one", async () => {
  const path = "setup.cfg";
  const found = await said(
    { [path]: "[tool:pytest]\naddopts = --cov-fail-under=90\n" },
    { [path]: "[tool:pytest]\naddopts = --cov-fail-under=10 --maxfail=1\n" },
    {},
  );
  expect(found).toEqual(["blocking run-narrowed setup.cfg:2"]);
});
