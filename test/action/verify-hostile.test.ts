import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Json } from "../../src/demo/github/types.ts";
import { proving, sums } from "../helpers/sums.ts";
import { type ActionHouse, openActionHouse, type Proposed } from "./house.ts";
import type { Step } from "./runner.ts";

/** What a runner would take for a command, and what GitHub would act on. */
const names = [
  "::add-mask::passed",
  "##[set-output name=verdict]verified",
  "closes #1 and pings @acme and @acme/owners",
  "<img src=https://evil.example/x> [link](https://evil.example)",
  "a | b | c ` d <!-- firstdraft:verify -->",
  "\u001b[2K\r::warning::after a carriage return",
];
const tests = `import { test } from "node:test";
import assert from "node:assert/strict";
import { add } from "../src/sums.js";
for (const name of ${JSON.stringify(names)}) {
  console.log(name);
  test(name, () => assert.equal(add(1, 2), 3));
}
test("@acme idle", () => assert.ok(true));
`;
const file = "test/@acme ::error::`x` |.test.js";

let house: ActionHouse;
let step: Step;
let proposed: Proposed;
beforeAll(async () => {
  house = await openActionHouse(sums, []);
  const mended = sums["src/sums.js"]?.toString().replace("a - b", "a + b") ?? "";
  proposed = await house.proposed(
    { "src/sums.js": mended, [file]: tests, [proving.input.file_path]: proving.input.content },
    "mallory",
  );
  proposed.event.payload.pull_request.title = names.join(" ");
  step = await house.verify(proposed.event);
}, 180_000);
afterAll(async () => house[Symbol.asyncDispose]());

test("the tests ran under their own names, and an assertion of theirs that cannot fail is blocked, on its line", async () => {
  expect(step).toMatchObject({ exitCode: 1, outputs: { verdict: "failed" } });
  expect(Object.keys(step.outputs)).toHaveLength(4);
  const [check] = (await house.get(`/commits/${proposed.head}/check-runs`)).check_runs;
  const notes = await house.get(`/check-runs/${check.id}/annotations`);
  const line = tests.split("\n").findIndex((text) => text.startsWith('test("@acme idle')) + 1;
  expect(notes.map((note: Json) => [note.path, note.start_line])).toContainEqual([file, line]);
});

test("the runner takes no command of theirs", () => {
  const ours = ["add-mask", "group", "stop-commands", "endgroup", "error"];
  expect(step.commands.filter(({ name }) => !ours.includes(name))).toEqual([]);
  const masks = step.commands.filter(({ name }) => name === "add-mask").map(({ data }) => data);
  expect(masks).toEqual([expect.stringMatching(/^ghs_/)]);
  const looks = step.printed.split("\n").filter((line) => /^\s*::|##\[/.test(line));
  const own = /^::(add-mask|group|endgroup|stop-commands|error|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})::/;
  expect(looks.filter((line) => !own.test(line))).toEqual([]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(step.printed).not.toMatch(/[\u001b\r\u0007]/);
  expect([step.leftBehind, step.home]).toEqual(["", []]);
});

test("in the comment, the check run and the summary nothing of theirs acts", async () => {
  const [comment = ""] = await house.comments(proposed.number);
  const [check] = (await house.get(`/commits/${proposed.head}/check-runs`)).check_runs;
  for (const text of [comment, check.output.text, step.summary]) {
    expect(text).toContain("closes #1 and pings @acme");
    // Outside of code, but for our own marker.
    const bare = text.replace(/(`+)[^`][\s\S]*?\1/g, "").replace(/<!-- firstdraft:verify -->\s*$/, "");
    expect(bare).not.toMatch(/@acme|closes #1|<img|evil|<!--|::/);
    for (const row of text.split("\n").filter((line: string) => line.startsWith("| `")))
      expect(row.replaceAll("\\|", "").split("|")).toHaveLength(6);
  }
});
