import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import type { Sandbox } from "../../../src/sandbox/sandbox.ts";
import { memoryBaselines } from "../../../src/verify/baselines.ts";
import type { Verification } from "../../../src/verify/types.ts";
import { fixture } from "../repository.ts";
import { type Verifying, verifyChange } from "../verifying.ts";
import { filesOf } from "./files-of.ts";

const fixtures = "test/fixtures/languages";

/** For toolchains that take long to start. */
export const patient = { limits: { testMs: 300_000, setupMs: 300_000 } } satisfies Partial<Verifying>;

/** What one case has to come to: `expected.json` beside its files. Tests that are not named here may do as they like. */
interface Expected {
  readonly verdict: string;
  readonly reason: string;
  readonly problem?: string;
  /** Gates whose findings there are, each once, sorted. */
  readonly gates: readonly string[];
  /** `base baseWithTests head`, with `: kind` behind it where what made it fail counts too. */
  readonly tests: Readonly<Record<string, string>>;
}

/**
 * Every case of one fixture, on its real toolchain. A fixture is `base/`, a small repository with a real bug, and a folder
 * for each case: `change/` is laid over the base to make the head, `base/` over the base itself; `x.deleted` deletes `x`.
 * What several cases share is made for the first of them alone, as from one round to the next: the results of their base,
 * and what their manifests have installed. Returned for a test beside them.
 */
export function provesEachCase(
  name: string,
  sandbox: Sandbox,
  options: Partial<Verifying> = {},
): Partial<Verifying> {
  const cases = readdirSync(join(fixtures, name), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "base")
    .map((entry) => entry.name);
  const scratch = mkdtempSync(join(tmpdir(), "firstdraft-language-"));
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));
  const shared = { baselines: memoryBaselines(), scratch };
  describe(name, () => {
    test.each(cases)("%s", async (one) => {
      const folder = join(fixtures, name, one);
      const expected: Expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));
      using on = await fixture({
        ...filesOf(join(fixtures, name, "base")),
        ...filesOf(join(folder, "base")),
      });
      const change = filesOf(join(folder, "change"));
      const verification = await verifyChange(on, change, { sandbox, ...shared, ...options });
      expect(inShort(verification, expected)).toEqual(expected);
    });
  });
  return shared;
}

function inShort(verification: Verification, { tests }: Expected): Expected {
  const { verdict, reason, problem, findings } = verification;
  const shown = verification.tests.filter((one) => Object.hasOwn(tests, one.name));
  return {
    ...{ verdict, reason, ...(problem === undefined ? {} : { problem }) },
    gates: [...new Set(findings.map(({ gate }) => gate))].sort(),
    tests: Object.fromEntries(
      shown.map(({ name, base, baseWithTests, head, failure }) => {
        const kind = tests[name]?.includes(":") ? `: ${failure}` : "";
        return [name, `${base} ${baseWithTests} ${head}${kind}`];
      }),
    ),
  };
}
