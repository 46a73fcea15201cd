import { describe, expect, test } from "@jest/globals";
import { memoryBaselines } from "../../src/verify/baselines.ts";
import type { Verification } from "../../src/verify/types.ts";
import { fixture } from "./repository.ts";
import { samples } from "./samples.ts";
import { sandboxWithPackages, verifyChange } from "./verifying.ts";

const sandbox = await sandboxWithPackages();

function states({ tests }: Verification, name: string): string[] {
  return tests
    .filter((one) => one.name === name)
    .map((one) => `${one.base} ${one.baseWithTests} ${one.head}`);
}

describe.each(samples)("$runner", ({ config = {}, base, red, proved, added, unproved, breaking, names }) => {
  test("a green base", async () => {
    using repository = await fixture(base);

    const options = { sandbox, config, baselines: memoryBaselines() };
    const first = await verifyChange(repository, proved, options);
    expect(first).toMatchObject({ verdict: "verified", reason: "proved", findings: [] });
    expect(states(first, names.mean)).toEqual(["absent failed passed"]);
    expect(states(first, names.sum)).toEqual(["passed passed passed"]);

    const loaded = await verifyChange(repository, added, options);
    expect(loaded).toMatchObject({ verdict: "verified", reason: "proved" });
    expect(states(loaded, names.twice)).toEqual(["absent failed passed"]);

    expect(await verifyChange(repository, unproved, options)).toMatchObject({
      verdict: "tests-pass",
      reason: "no-new-test",
    });

    const broken = await verifyChange(repository, breaking, options);
    expect(broken).toMatchObject({ verdict: "failed", reason: "tests-broken" });
    expect(states(broken, names.sum)).toEqual(["passed passed failed"]);
  });

  test("a red base neither blocks nor is blamed", async () => {
    using repository = await fixture({ ...base, ...red });

    const first = await verifyChange(repository, proved, { sandbox, config });
    expect(first).toMatchObject({ verdict: "verified", reason: "proved" });
    expect(states(first, names.red)).toEqual(["failed failed failed"]);
  });
});
