import { describe, expect, test } from "@jest/globals";
import { findings } from "./change.ts";

const times = (count: number, text: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join("\n");

/** A file with so many inline snapshots; `recorded` is what they hold. */
const files: Readonly<Record<string, { path: string; file: (count: number, recorded: string) => string }>> = {
  "jest and vitest": {
    path: "src/a.test.ts",
    file: (count, recorded) =>
      times(
        count,
        (at) =>
          `test("shows ${at}", () => {\n  expect(show(${at})).toMatchInlineSnapshot(\`\n    "${recorded} ${at}"\n  \`);\n});`,
      ),
  },
  insta: {
    path: "tests/show.rs",
    file: (count, recorded) =>
      times(
        count,
        (at) =>
          `#[test]\nfn shows_${at}() {\n    insta::assert_debug_snapshot!(show(${at}), @r"\n    ${recorded} ${at}\n    ");\n}`,
      ),
  },
  "inline-snapshot": {
    path: "tests/test_show.py",
    file: (count, recorded) =>
      times(
        count,
        (at) => `def test_shows_${at}():\n    assert show(${at}) == snapshot("${recorded} ${at}")\n`,
      ),
  },
};

describe.each(Object.keys(files))("%s", (name) => {
  const { path, file } = files[name] as (typeof files)[string];
  const rewritten = async (count: number) =>
    (await findings({ [path]: file(count, "old") }, { [path]: file(count, "new") })).filter((one) =>
      /snapshot/.test(one),
    );

  test("many rewritten at once are blocked, a few are not", async () => {
    expect(await rewritten(12)).toEqual([`blocking snapshot-rewritten ${path}:null`]);
    expect(await rewritten(3)).toEqual([]);
  });

  test("many that are new, or set otherwise, are not", async () => {
    expect(await findings({ [path]: file(1, "old") }, { [path]: file(15, "old") })).toEqual([]);
    const spaced = file(12, "old").replaceAll(/^ {4}/gm, "      ");
    expect(await findings({ [path]: file(12, "old") }, { [path]: spaced })).toEqual([]);
  });
});

const { path, file } = files["jest and vitest"] as (typeof files)[string];

test("one whose text is taken away is blocked, a new one without text is not", async () => {
  const emptied = file(3, "old").replace(/`\n.*\n.*`/, "");
  const found = await findings({ [path]: file(3, "old") }, { [path]: emptied });
  expect(found).toContain(`blocking snapshot-deleted ${path}:2`);
  const fresh = `${file(3, "old")}\ntest("lists", () => {\n  expect(list()).toMatchInlineSnapshot();\n});\n`;
  expect(await findings({ [path]: file(3, "old") }, { [path]: fresh })).toEqual([]);
});

test("rewritten snapshots count together, wherever they stand", async () => {
  const snap = (text: string) => times(6, (at) => `exports[\`a ${at}\`] = \`\n${text} ${at}\n\`;\n`);
  const base = { [path]: file(6, "old"), "src/__snapshots__/a.test.ts.snap": snap("old") };
  const head = { [path]: file(6, "new"), "src/__snapshots__/a.test.ts.snap": snap("new") };
  expect((await findings(base, head)).filter((one) => one.startsWith("blocking")).sort()).toEqual([
    "blocking snapshot-rewritten src/__snapshots__/a.test.ts.snap:null",
    `blocking snapshot-rewritten ${path}:null`,
  ]);
});

test("a file of snapshots that is one rewritten place counts by what it records", async () => {
  const snap = (text: string, count: number) =>
    times(count, (at) => `exports[\`${text} ${at}\`] = \`"${text} ${at}"\`;`);
  const at = "src/__snapshots__/a.test.ts.snap";
  expect(await findings({ [at]: snap("old", 20) }, { [at]: snap("new", 20) })).toContain(
    `blocking snapshot-rewritten ${at}:null`,
  );
  expect(await findings({ [at]: snap("old", 2) }, { [at]: snap("new", 2) })).toContain(
    `remark snapshot-rewritten ${at}:null`,
  );
});
