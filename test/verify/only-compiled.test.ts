import { describe, expect, test } from "@jest/globals";
import { cargo } from "../../src/verify/runners/cargo.ts";
import { go } from "../../src/verify/runners/go.ts";
import { gradle } from "../../src/verify/runners/gradle.ts";
import { maven } from "../../src/verify/runners/maven.ts";
import type { TestRunner } from "../../src/verify/runners/runner.ts";

describe("the tests in some files alone", () => {
  const only = (runner: TestRunner, test: string, ...files: string[]) =>
    runner.only?.({ ...bare, test }, files) ?? null;
  const bare = { name: "", setup: null, runner: null, manifests: [], setupReadsSources: false };

  test.each([
    ["go test ./...", go, ["a/b_test.go"], "go test ./a"],
    ["go test ./... in its root", go, ["b_test.go"], "go test ./."],
    ["cargo test", cargo, ["tests/a.rs", "crates/x/tests/b/main.rs"], "cargo test --test a --test b"],
    ["cargo test", cargo, ["src/lib.rs"], null],
    ["cargo test", cargo, ["tests/common/mod.rs"], null],
    ["cargo test -- --nocapture", cargo, ["tests/a.rs"], null],
    [
      "mvn -B test",
      maven,
      ["m/src/test/java/org/a/OneTest.java", "it/TwoTest.kt"],
      "mvn -B test '-Dtest=org.a.OneTest,org.a.OneTest$*,TwoTest,TwoTest$*' -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false",
    ],
    ["mvn -B test", maven, ["src/test/resources/a.json"], null],
    ["make test", maven, ["src/test/java/OneTest.java"], null],
    ["gradle test", gradle, ["src/test/java/org/a/OneTest.java"], "gradle test --tests org.a.OneTest"],
    ["./gradlew :m:test", gradle, ["it/TwoTest.kt"], "./gradlew :m:test --tests '*TwoTest'"],
    ["gradle check", gradle, ["src/test/java/org/a/OneTest.java"], null],
  ])("%s of %#", (command, runner, files, expected) => {
    expect(only(runner, command.replace(/ in its root$/, ""), ...files)).toBe(expected);
  });
});
