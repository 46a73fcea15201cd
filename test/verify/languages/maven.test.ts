import { expect, jest, test } from "@jest/globals";
import { fixture } from "../repository.ts";
import { sandboxWithPackages, verifyChange } from "../verifying.ts";
import { filesOf } from "./files-of.ts";
import { patient, provesEachCase } from "./language.ts";

jest.setTimeout(600_000);
const sandbox = await sandboxWithPackages();

const shared = provesEachCase("maven", sandbox, patient);

test("maven: the tests that a change touches alone, nested ones too", async () => {
  const folder = "test/fixtures/languages/maven";
  using on = await fixture(filesOf(`${folder}/base`));
  const options = { ...patient, ...shared, sandbox, narrowAfterMs: 0 };
  const { verdict, suites, tests } = await verifyChange(on, filesOf(`${folder}/verified/change`), options);
  expect(verdict).toBe("verified");
  expect(suites.baseWithTests?.command).toMatch(/^mvn -B test '-Dtest=org\.example\.roman\.RomanTest,/);
  const file = "roman/src/test/java/org/example/roman/RomanTest.java";
  expect(tests).toContainEqual(
    expect.objectContaining({
      name: "org.example.roman.RomanTest$Refuses::otherLetters",
      file,
      baseWithTests: "passed",
    }),
  );
  expect(tests).toContainEqual(
    expect.objectContaining({
      name: "org.example.clock.ClockTest::pointsDownAtSix",
      baseWithTests: "not-run",
    }),
  );
});
