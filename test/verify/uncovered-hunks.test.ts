import { describe, expect, test } from "@jest/globals";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { sourceHunks } from "../../src/verify/hunks/source-hunks.ts";
import { lookAt } from "../../src/verify/look.ts";
import { changesBetween } from "../../src/workspace/changes-between.ts";
import { type Files, fixture } from "./repository.ts";
import { verifyChange } from "./verifying.ts";

const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });

async function hunksOf(before: Files, after: Files) {
  using on = await fixture(before);
  const head = on.change(after);
  const looks = { base: await lookAt(on.repository, on.baseTree), head: await lookAt(on.repository, head) };
  return await sourceHunks(await changesBetween(on.repository, on.baseTree, head), looks);
}

const lines = (...texts: string[]) => `${texts.join("\n")}\n`;

describe("the places of a source change", () => {
  const before = lines("a = 1", "b = 2", "c = 3", "d = 4", "e = 5", "f = 6", "g = 7", "h = 8");

  test("each with the file as it would be without it", async () => {
    const after = lines("a = 1", "b = 20", "b2 = 21", "c = 3", "d = 4", "e = 5", "f = 6", "h = 8", "i = 9");
    expect(await hunksOf({ "x.py": before }, { "x.py": after })).toEqual([
      {
        ...{ path: "x.py", mode: "100644", line: 2, endLine: 3, size: 3 },
        without: lines("a = 1", "b = 2", "c = 3", "d = 4", "e = 5", "f = 6", "h = 8", "i = 9"),
      },
      {
        ...{ path: "x.py", mode: "100644", line: 8, endLine: 9, size: 2 },
        without: lines("a = 1", "b = 20", "b2 = 21", "c = 3", "d = 4", "e = 5", "f = 6", "g = 7", "h = 8"),
      },
    ]);
  });

  test("a file that is new, and one that is gone", async () => {
    const found = await hunksOf({ "old.py": before }, { "old.py": null, "new.py": lines("x = 1", "y = 2") });
    expect(found).toEqual([
      { path: "old.py", mode: "100644", line: null, endLine: null, size: 8, without: before },
      { path: "new.py", mode: "100644", line: 1, endLine: 2, size: 2, without: null },
    ]);
  });

  test("not comments, imports and what is no code", async () => {
    const change = {
      "x.py": `# hello\nimport os\n\n${before}`,
      "x.ts": "// new\nexport const a = 1;\n",
      "README.md": "new\n",
    };
    const base = { "x.py": before, "x.ts": "export const a = 1;\n", "README.md": "old\n" };
    expect(await hunksOf(base, change)).toEqual([]);
  });

  test("all of them taken back one after the other make the base", async () => {
    const after = lines(
      "a0 = 0",
      "a = 1",
      "c = 3",
      "c2 = 3",
      "c3 = 3",
      "c4 = 3",
      "d = 4",
      "e = 5",
      "f = 60",
      "g = 7",
      "h = 8",
    );
    let text = after;
    for (let rounds = 0; text !== before; rounds++) {
      const [hunk] = await hunksOf({ "x.py": before }, { "x.py": text });
      text = hunk?.without ?? "";
      expect(rounds).toBeLessThan(10);
    }
  });
});

const base: Files = {
  "package.json": JSON.stringify({ scripts: { test: "node --test" } }),
  "mean.js": "exports.mean = (list) => list.length;\n",
  "round.js": lines(
    "exports.up = (x) => Math.ceil(x);",
    ...Array.from({ length: 6 }, (_, index) => `exports.x${index} = ${index};`),
    "exports.down = (x) => Math.floor(x);",
  ),
  "test/up.test.js": lines(
    'const test = require("node:test");',
    'const assert = require("node:assert");',
    'test("up", () => assert.equal(require("../round.js").up(1.2), 2));',
  ),
};
const change: Files = {
  "mean.js": "exports.mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;\n",
  "round.js": lines(
    "exports.up = (x) => -Math.floor(-x);",
    ...Array.from({ length: 6 }, (_, index) => `exports.x${index} = ${index};`),
    "exports.down = (x) => Math.trunc(x);",
  ),
  "test/mean.test.js": lines(
    'const test = require("node:test");',
    'const assert = require("node:assert");',
    'test("mean", () => assert.equal(require("../mean.js").mean([1, 2]), 1.5));',
    'test("down", () => assert.equal(require("../round.js").down(-1.5), -1));',
  ),
};

describe("a proved change, taken back place by place", () => {
  test("what no test notices is named", async () => {
    using on = await fixture(base);
    const limits = { hunkMs: 60_000 };
    const verification = await verifyChange(on, change, { sandbox, limits });
    expect(verification).toMatchObject({ verdict: "verified" });
    // `up` was rewritten and does the same: its test passes either way.
    expect(verification.findings).toEqual([
      {
        ...{ gate: "not-covered", weight: "remark", file: "round.js", line: 1, endLine: 1 },
        reason: "Not covered by any test: all of them pass when this is taken back.",
      },
    ]);
  });

  test("what there was no time for is said", async () => {
    using on = await fixture(base);
    const { findings } = await verifyChange(on, change, { sandbox, limits: { hunkMs: 1 } });
    expect(findings.map(({ gate, file, reason }) => [gate, file, reason])).toEqual([
      ["not-tried", "mean.js", "There was no time to try whether a test notices line 1."],
      ["not-tried", "round.js", "There was no time to try whether a test notices lines 1, 8."],
    ]);
  });
});
