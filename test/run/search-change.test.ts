import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createRedact } from "../../src/log/redact.ts";
import { requireNoForms, searchChange } from "../../src/run/search-change.ts";
import { treeWith } from "../../src/workspace/tree-with.ts";
import { writeBlob } from "../../src/workspace/write-blob.ts";
import { type Fixture, fixture } from "../verify/repository.ts";

/** In parts: whoever searches this file is to find nothing. */
const slack = ["xoxb", "123456789012", "abcdefghijklmnopqrstuvwx"].join("-");
const github = `ghs_${123456}_${["eyJhbGciOiJSUzI1NiJ9", "eyJpc3MiOiIxMjM0In0", "s".repeat(40)].join(".")}`;
const known = "a-webhook-secret-of-this-installation";

let repository: Fixture;
beforeAll(async () => {
  repository = await fixture({ "old.js": `const key = "${slack}";\nconst more = 1;\n` });
});
afterAll(() => repository[Symbol.dispose]());

async function search(path: string, content: string | Buffer, exampleSecrets: string[] = []) {
  const on = repository.repository;
  const change = { path, mode: "100644", blob: await writeBlob(on, content) };
  const tree = await treeWith(on, on.tree, [change]);
  return searchChange(on, tree, { redact: createRedact([known]), config: { exampleSecrets } });
}

test.each([
  ["a token", "a.js", `// 1\n// 2\nconst key = "${slack}";\n`, [{ file: "a.js", line: 3, rule: "slack" }]],
  ["one of GitHub's newer kind", "a.js", github, [{ file: "a.js", line: 1, rule: "github" }]],
  ["one in a binary file", "a.bin", `\0${slack} `, [{ file: "a.bin", line: null, rule: "slack" }]],
  [
    "a token beside one that was there",
    "old.js",
    `const key = "${slack}";\n${slack}1\n`,
    [{ file: "old.js", line: 2, rule: "slack" }],
  ],
  ["nothing, where another line is changed", "old.js", `const key = "${slack}";\nconst more = 2;\n`, []],
  ["nothing of the kind", "a.js", "const key = process.env.KEY;\n", []],
])("found is %s", async (_, path, content, found) => {
  expect(await search(path, content)).toEqual(found);
});

test("files that may hold examples may hold forms, but no secret of this installation", async () => {
  expect(await search("fixtures/a.js", slack, ["fixtures/**"])).toEqual([]);
  await expect(search("fixtures/a.js", known, ["fixtures/**"])).rejects.toThrow(
    "a secret of this installation",
  );
});

test.each([
  ["text", known],
  ["a binary file, which a patch has compressed", Buffer.from(`\0${known}`)],
])("a secret of this installation in %s ends it", async (_, content) => {
  await expect(search("a.bin", content)).rejects.toThrow("a secret of this installation");
});

test("what is said names the first place and how many more there are, not the value", async () => {
  const found = await search("a.js", `${slack}\n\n${github}\n`);
  expect(() => requireNoForms(found)).toThrow(
    "The change adds what has the form of a secret (slack) at a.js:1 and 1 more, so nothing was published. If it is an example, e.g. for a test, name its file under exampleSecrets in .github/firstdraft.yml and ask again; else find out where it is from.",
  );
});
