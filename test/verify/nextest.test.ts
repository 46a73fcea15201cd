import { expect, test } from "@jest/globals";
import { nextest } from "../../src/verify/runners/nextest.ts";
import { runnerCalledBy } from "../../src/verify/runners/recognise.ts";
import type { TestableToolchain } from "../../src/verify/runners/runner.ts";

// Debian has no cargo-nextest: its report's documented form is read, and the command that asks for it.
const toolchain: TestableToolchain = {
  ...{ name: "configured", setup: null, manifests: [], setupReadsSources: false },
  ...{ test: "cargo nextest run --workspace", runner: "nextest" },
};

test("asked for with a report in every profile, and past the first failure", () => {
  const { command, env } = nextest.ask(toolchain, { reports: "/reports", programs: "/programs" });
  expect(command).toBe(
    "cargo nextest run --no-fail-fast --tool-config-file firstdraft:/programs/nextest.toml --workspace",
  );
  expect(env).toMatchObject({ CARGO_NET_OFFLINE: "true" });
  expect(nextest.only?.(toolchain, ["tests/basic.rs", "tests/more/main.rs"])).toBe(
    "cargo nextest run --workspace --test basic --test more",
  );
  expect(nextest.only?.(toolchain, ["src/lib.rs"])).toBeNull();
});

test("its report: each program a suite, retries that failed are no tests of their own", () => {
  const report = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="nextest-run" tests="3" failures="1" errors="0" uuid="00000000-0000-4000-8000-000000000000" time="0.02">
  <testsuite name="median::basic" tests="2" disabled="0" errors="0" failures="1">
    <testcase name="of_two" classname="median::basic" time="0.004"></testcase>
    <testcase name="of_none" classname="median::basic" time="0.004">
      <failure type="test failure">thread &apos;of_none&apos; panicked at tests/basic.rs:9:5: assertion failed</failure>
      <rerunFailure type="test failure">thread &apos;of_none&apos; panicked again</rerunFailure>
    </testcase>
  </testsuite>
  <testsuite name="median" tests="1" disabled="0" errors="0" failures="0">
    <testcase name="tests::sorts" classname="median" time="0.003">
      <flakyFailure type="test failure">once</flakyFailure>
    </testcase>
  </testsuite>
</testsuites>`;
  expect(nextest.read(new Map([["target/nextest/default/firstdraft.xml", report]]))).toEqual([
    { name: "median::basic::of_two", file: null, state: "passed" },
    {
      name: "median::basic::of_none",
      file: null,
      state: "failed",
      message: "thread 'of_none' panicked at tests/basic.rs:9:5: assertion failed",
    },
    { name: "median::tests::sorts", file: null, state: "passed" },
  ]);
});

test("a command that calls it is recognised", () => {
  expect(runnerCalledBy(["cargo", "nextest", "run"])).toBe("nextest");
});
