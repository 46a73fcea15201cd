import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import type { VerifyOptions } from "../../src/verify/options.ts";
import { linkPackages, packages } from "../../test/verify/verifying.ts";

/** Where the small repositories are that the tests prove, one for each runner. */
export const fixtures = "test/fixtures/languages";

/** How one of them is measured, where not like the others. */
export interface Measured {
  /** What has to be there. */
  readonly program: string;
  /** How often a file, or a folder, of the base is laid beside itself to make a suite of several seconds. */
  readonly grown?: { readonly path: string; readonly times: number };
  readonly config?: Pick<VerifyOptions["config"], "setup" | "test" | "report">;
}

const linked = { program: "node", config: { setup: linkPackages } };
const grown = (path: string, times: number) => ({ grown: { path, times } });

const known: Readonly<Record<string, Measured>> = {
  automake: { program: "autoreconf" },
  cargo: { program: "cargo", ...grown("tests/mean.rs", 15) },
  catch2: { program: "ctest" },
  ctest: { program: "ctest" },
  django: {
    program: "/usr/bin/python3",
    config: { test: "/usr/bin/python3 manage.py test" },
    ...grown("loans/tests.py", 500),
  },
  go: { program: "go", ...grown("lines/", 40) },
  googletest: { program: "ctest" },
  gradle: { program: "gradle" },
  jasmine: { ...linked, ...grown("spec/rows.spec.js", 500) },
  jest: { ...linked, ...grown("cache.test.js", 150) },
  "jest-ts": { ...linked, ...grown("src/__tests__/months.test.ts", 150) },
  maven: { program: "mvn" },
  meson: { program: "meson" },
  mocha: linked,
  "node-test": { program: "node", ...grown("test/compare.test.js", 100) },
  "node-test-ts": { ...linked, ...grown("test/signal.test.ts", 30) },
  perl: { program: "prove", config: { test: "sh run-tests.sh", report: "report.tap" } },
  php: {
    program: "phpunit",
    config: { test: "phpunit --log-junit build/junit.xml", report: "build/junit.xml" },
  },
  pytest: { program: "python3", ...grown("tests/test_merge.py", 1000) },
  ruby: {
    program: "rspec",
    config: {
      test: "rspec --format progress --format RspecJunitFormatter --out tmp/rspec.xml",
      report: "tmp/rspec.xml",
    },
  },
  tcl: { program: "tclsh" },
  unittest: { program: "python3" },
  vitest: { ...linked, ...grown("src/parse.test.js", 50) },
  "vitest-ts": {
    program: "node",
    config: { setup: `mkdir node_modules && ln -s ${packages}/.bin ${packages}/vitest node_modules` },
    ...grown("test/shares.test.ts", 50),
  },
};

/** Of the fixtures that there are, by their folders' names, those that are asked for. Throws for one of which nothing is said here. */
export function fixturesAsked(asked: readonly string[] | null): readonly (readonly [string, Measured])[] {
  return (asked ?? readdirSync(fixtures)).map((name) => {
    const one = known[name];
    if (one === undefined) throw new Error(`scripts/bench/fixtures.ts does not say how ${name} is measured`);
    return [name, one] as const;
  });
}

/** The same setup outside of the sandbox. */
export const outside = (setup: string): string => setup.replaceAll(packages, resolve("node_modules"));

export function isThere(program: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
