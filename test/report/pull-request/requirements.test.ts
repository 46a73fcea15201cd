import { expect, test } from "@jest/globals";
import { checkRequirements, requirementLines } from "../../../src/report/pull-request/requirements.ts";
import { evidence } from "./report.ts";

const tests = [
  evidence("adds", ["absent", "failed", "passed"]),
  evidence("sums > carries — over", ["absent", "failed", "passed"]),
  evidence("old", ["passed", "passed", "passed"]),
  evidence("idle", ["absent", "passed", "passed"]),
  evidence("late", ["absent", "absent", "passed"]),
  evidence("red", ["absent", "failed", "failed"]),
  evidence("left out", ["absent", "failed", "skipped"]),
  evidence("far", ["passed", "not-run", "not-run"]),
  evidence("moody", ["absent", "failed", "passed"], { flaky: true }),
  evidence("twice", ["absent", "failed", "passed"], { file: "test/one.js" }),
  evidence("twice", ["passed", "passed", "passed"], { file: "test/two.js" }),
];

const check = (line: string) => checkRequirements([line], tests)[0];

test.each([
  ["by its name", "sums are right — adds", "adds"],
  ["quoted", "sums are right — `adds`.", "adds"],
  ["another dash", "sums are right -- adds", "adds"],
  ["without its group, with a dash in its name", "ten is carried — carries — over", "carries — over"],
  ["in full", "ten is carried — sums > carries — over", "sums > carries — over"],
  ["with its file", "both — test/one.js::twice", "test/one.js::twice"],
])("a test that proves the change shows what is asked, %s", (_, line, name) => {
  expect(check(line)).toMatchObject({
    shown: true,
    word: `\`${name}\`: fails without the change, passes with it`,
  });
});

test.each([
  ["sums are right", "not verified"],
  ["sums are right — not verified", "not verified"],
  ["sums are right — not verified, since it is obvious", "not verified"],
  ["sums are right — subtracts", "not verified: no test of that name ran (`subtracts`)"],
  ["sums are right — red", "not verified: `red` fails"],
  [`sums are right${" — x".repeat(10)} — adds`, "not verified: no test of that name ran (`x — adds`)"],
  ["sums are right — left out", "not verified: `left out` is skipped"],
  ["sums are right — far", "not verified: `far` did not run"],
  ["sums are right — moody", "not verified: `moody` is flaky"],
  ["sums are right — old", "not shown: `old` passes, but passed before too"],
  ["sums are right — idle", "not shown: `idle` passes, but passes without the change too"],
  ["sums are right — late", "not shown: `late` passes; it was not run without the change"],
  ["both are right — twice", "not shown: `twice` passes, but passed before too"],
])("%s: %s", (line, word) => {
  expect(check(line)).toMatchObject({ shown: false, word });
});

test("the model's word for it shows nothing, and its text does nothing", () => {
  const lines = requirementLines(
    checkRequirements(["@ada: all done <b>shown by</b> https://evil.example — `passes`"], tests),
  );
  expect(lines).toEqual([
    "- `@ada`: all done `<b>`shown by`</b>` `https://evil.example` — not verified: no test of that name ran (`passes`)",
  ]);
});
