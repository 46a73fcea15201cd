import { expect, test } from "@jest/globals";
import { openSandbox } from "../../../src/sandbox/open-sandbox.ts";
import { fixture } from "../repository.ts";
import { verifyChange } from "../verifying.ts";
import { filesOf } from "./files-of.ts";
import { patient, provesEachCase } from "./language.ts";

const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });

// A C program under a Tcl suite as Redis and its relatives have it.
provesEachCase("tcl", sandbox, patient);

test("the touched units alone are run on the base, and a crash there is of the new test alone", async () => {
  const folder = "test/fixtures/languages/tcl";
  using on = await fixture(filesOf(`${folder}/base`));
  const change = filesOf(`${folder}/crashes/change`);
  const { verdict, tests, suites } = await verifyChange(on, change, { sandbox, narrowAfterMs: 0 });
  expect(verdict).toBe("verified");
  expect(suites.baseWithTests?.command).toBe("make && ./runtest --single unit/basic");
  expect(tests.map(({ name, base, baseWithTests, head }) => [name, base, baseWithTests, head])).toEqual([
    ["An unknown word is an error", "passed", "passed", "passed"],
    ["GET behind the end is an error", "absent", "failed", "passed"],
    ["PUSH says how many there are", "passed", "not-run", "passed"],
    ["SUM of a list that begins with nothing", "passed", "not-run", "passed"],
  ]);
});
