import type { Verification } from "../../../src/verify/types.ts";

/** What each test did, `base baseWithTests head` by its file and name, sorted. */
export function inShort({ tests }: Verification): string[] {
  return tests
    .map(({ file, name, base, baseWithTests, head }) => `${file} ${name}: ${base} ${baseWithTests} ${head}`)
    .sort();
}
