import type { Finding } from "../types.ts";
import type { GateInput } from "./gate.ts";
import { hunksBetween } from "./hunks.ts";

const code = /\.([cm]?[jt]sx?|vue|svelte|py|go|rs|java|kt|c|cc|cpp|cxx|h|hpp|rb|php|cs)$/;
const configuration = /(^|\/)[^/]*\.config\.[cm]?[jt]s$|(^|\/)(setup|conftest|noxfile)\.py$|(^|\/)build\.rs$/;

/** How a program finds out that it is being tested. */
const noticing = [
  /\bNODE_ENV\b.*["'`]test["'`]|["'`]test["'`].*\bNODE_ENV\b/,
  /\b(JEST_WORKER_ID|VITEST(_\w+)?|NODE_TEST_CONTEXT|MOCHA_\w+|PYTEST_CURRENT_TEST|PYTEST_VERSION|CTEST_\w+|NEXTEST)\b/,
  /["'](pytest|unittest|_pytest)["']\s+in\s+sys\.modules/,
  /\btypeof\s+(jest|vi|describe|it|mocha)\b/,
  /\btesting\.Testing\(\)|flag\.Lookup\(\s*"test\.v"/,
  /\bcfg!\(\s*(?:not\(\s*)?test\s*\)|#\[cfg\(not\(\s*test\s*\)\)\]/,
  /["']org\.junit\b|["']surefire\.|\bgetStackTrace\(\).*(?:junit|[tT]est)/,
  /\bprocess\.argv\b.*\b(?:jest|mocha|vitest|--test)\b|\bimport\.meta\.(?:vitest|jest)\b|\bglobalThis\.(?:it|jest|describe)\b|\b__(?:JEST|VITEST|TEST)__\b/,
  /\b(?:pytest|unittest|py\.test)\b.*\bsys\.argv\b|\bsys\.argv\b.*\b(?:pytest|unittest)\b|\binspect\.(?:stack|currentframe)\(\).*test|\bos\.(?:environ|getenv)\b.*["'](?:PYTEST\w*|TESTING|UNDER_TEST|TEST_MODE|CI)["']/,
  /\bos\.Args\[0\].*\.test\b|\.test["'`]\s*\).*\bos\.Args\b|\bos\.Getenv\(\s*"(?:GO_TEST\w*|TESTING|UNDER_TEST|CI)"/,
  /\b(?:getenv|var|getProperty)\(\s*"(?:TESTING|UNDER_TEST|GTEST_\w+|CTEST_\w+|CATCH_\w+)"|#\s*if(?:n?def\b|.*\bdefined\b).*\b(?:UNIT_TEST(?:S|ING)?|UNDER_TEST|TESTING)\b/,
];

/** Source that looks whether it is under test, so that what the tests show need not be what users get. */
export async function testAwareSource({ base, head, changes, isTest }: GateInput): Promise<Finding[]> {
  const files = changes.filter(
    ({ path, status, binary }) =>
      status !== "deleted" && !binary && code.test(path) && !isTest(path) && !configuration.test(path),
  );
  const findings = await Promise.all(
    files.map(async ({ path, status }) => {
      const before = status === "added" ? "" : ((await base.read(path)) ?? "");
      const known = before.split("\n").filter(notices).length;
      const after = (await head.read(path)) ?? "";
      if (after.split("\n").filter(notices).length <= known) return [];
      return hunksBetween(before, after)
        .flatMap(({ added }) => added)
        .filter(({ text }) => notices(text))
        .map(
          ({ line }): Finding => ({
            gate: "test-aware-source",
            weight: "blocking",
            file: path,
            line,
            reason,
          }),
        );
    }),
  );
  return findings.flat();
}

const reason = "The source looks here whether it is being tested.";

const notices = (line: string) => line.length <= 2_000 && noticing.some((pattern) => pattern.test(line));
