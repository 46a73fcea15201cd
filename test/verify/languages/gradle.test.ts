import { expect, jest, test } from "@jest/globals";
import { fixture } from "../repository.ts";
import { sandboxWithPackages, verifyChange } from "../verifying.ts";
import { filesOf } from "./files-of.ts";
import { patient, provesEachCase } from "./language.ts";

jest.setTimeout(600_000);
const sandbox = await sandboxWithPackages();

const shared = provesEachCase("gradle", sandbox, patient);

test("gradle: the tests that a change touches alone", async () => {
  const folder = "test/fixtures/languages/gradle";
  using on = await fixture(filesOf(`${folder}/base`));
  const options = { ...patient, ...shared, sandbox, narrowAfterMs: 0 };
  const change = filesOf(`${folder}/does-not-compile/change`);
  const { verdict, suites, tests } = await verifyChange(on, change, options);
  expect(verdict).toBe("verified");
  expect(suites.baseWithTests?.command).toBe("gradle test --tests org.example.DaysTest");
  const file = "src/test/java/org/example/DaysTest.java";
  expect(tests).toContainEqual(
    expect.objectContaining({
      name: "org.example.DaysTest::countsDays",
      file,
      baseWithTests: "failed",
      head: "passed",
    }),
  );
  expect(tests).toContainEqual(
    expect.objectContaining({ name: "org.example.YearsTest::everyFourthIsLeap", baseWithTests: "not-run" }),
  );
});
