import type { Files } from "../../src/demo/github/types.ts";
import type { ScriptedReply } from "../../src/demo/messages-api.ts";

const test = (name: string, body: string) => `test("${name}", () => ${body});\n`;
const head = `import assert from "node:assert/strict";
import { test } from "node:test";
import { add, negate } from "../src/sums.js";

`;

/** A repository with a bug, and tests that do not show it. */
export const sums: Files = {
  "package.json": JSON.stringify({
    ...{ name: "sums", version: "1.0.0", private: true, type: "module" },
    scripts: { test: "node --test" },
  }),
  "src/sums.js": `export const add = (a, b) => a - b;
export const negate = (a) => -a;
`,
  "test/sums.test.js": `${head}${test("adds nothing", "assert.equal(add(3, 0), 3)")}${test("negates", "assert.equal(negate(3), -3)")}`,
};

export const write = (file_path: string, content: string) => ({
  name: "write",
  input: { file_path, content },
});
export const edit = (file_path: string, old_string: string, new_string: string) => ({
  name: "edit",
  input: { file_path, old_string, new_string },
});
export const bash = (command: string) => ({ name: "bash", input: { command } });

/** The right change. */
export const mended = edit("src/sums.js", "a - b", "a + b");
/** A wrong change: both tests that were there fail with it. */
export const broken = write("src/sums.js", "export const add = () => NaN;\nexport const negate = add;\n");
/** A test that fails without the change. */
export const proving = write(
  "test/add.test.js",
  `${head.replace(", negate", "")}${test("adds", "assert.equal(add(1, 2), 3)")}`,
);

export const summary = `\`add\` subtracted; it adds now.

**Requirements**

- sums are sums — adds
- nothing else changes — not verified

**Assumptions**

- None.

**Not done**

- Nothing.`;

/** One step with tools, then the end. */
export const inOneStep = (...tools: { name: string; input: unknown }[]): ScriptedReply[] => [
  { text: "On it.", tools },
  { text: summary },
];

/** The change with its proof. */
export const proved = inOneStep(proving, mended);
