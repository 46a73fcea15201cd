import { describe, expect, test } from "@jest/globals";
import { cargo } from "../../src/verify/runners/cargo.ts";
import { ctest } from "../../src/verify/runners/ctest.ts";
import { go } from "../../src/verify/runners/go.ts";
import { gradle } from "../../src/verify/runners/gradle.ts";
import { maven } from "../../src/verify/runners/maven.ts";
import type { TestRunner } from "../../src/verify/runners/runner.ts";
import type { Verification } from "../../src/verify/types.ts";
import { filesOf } from "./languages/files-of.ts";
import { patient } from "./languages/language.ts";
import { fixture } from "./repository.ts";
import { sandboxWithPackages, verifyChange } from "./verifying.ts";

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
    [
      "cmake -B out && cmake --build out -j 4 && ctest --test-dir out",
      ctest,
      ["test/a-test.cc"],
      "cmake -B out && cmake --build out --target a-test -j 4 && ctest --test-dir out --no-tests=error -R '^(a-test)$'",
    ],
    ["cmake --build out && ctest --test-dir out -R a", ctest, ["test/CMakeLists.txt"], null],
    ["gradle check", gradle, ["src/test/java/org/a/OneTest.java"], null],
  ])("%s of %#", (command, runner, files, expected) => {
    expect(only(runner, command.replace(/ in its root$/, ""), ...files)).toBe(expected);
  });
});

describe("CTest", () => {
  const shown = ({ verdict, suites, tests }: Verification) => ({
    verdict,
    middle: suites.baseWithTests?.command,
    tests: tests.map(({ name, base, baseWithTests, head }) => [name, base, baseWithTests, head]),
  });
  const proved = async (name: string, change: string) => {
    const folder = `test/fixtures/languages/${name}`;
    using on = await fixture(filesOf(`${folder}/base`));
    const options = { ...patient, sandbox: await sandboxWithPackages(), narrowAfterMs: 0 };
    return shown(await verifyChange(on, filesOf(`${folder}/${change}/change`), options));
  };

  test("the program named after the new test alone is built and run on the base", async () => {
    expect(await proved("ctest", "verified")).toMatchObject({
      verdict: "verified",
      middle: expect.stringContaining("--target negative_test "),
      tests: expect.arrayContaining([["negative_test", "absent", "failed", "passed"]]),
    });
  });

  test("where no program has that name, all of them are", async () => {
    const { verdict, middle } = await proved("googletest", "verified");
    expect(verdict).toBe("verified");
    expect(middle).not.toContain("--target");
  });
});
