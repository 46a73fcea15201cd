import type { PublishedReport } from "../../../src/report/pull-request/report.ts";
import type { TestEvidence, Verification } from "../../../src/verify/types.ts";
import { draftOf, verified } from "../../helpers/verification.ts";

/** A published report of this verification. */
export function reportOf(
  verification: Verification = verified(),
  rest: Partial<PublishedReport> = {},
): PublishedReport {
  return {
    issue: { number: 12, title: "add() forgets the carry" },
    draft: draftOf(verification),
    branch: "firstdraft/issue-12",
    base: { branch: "main", commit: "0123456789abcdef" },
    attempt: 1,
    revises: null,
    requestedBy: "ada",
    sandbox: "bubblewrap",
    links: {
      repository: "https://github.example/acme/sums",
      base: "0123456789abcdef",
      head: "fedcba9876543210",
    },
    ...rest,
  };
}

/** A test with its states at the base, at the base with the new tests, and at the head. */
export function evidence(
  name: string,
  [base, baseWithTests, head]: readonly [TestEvidence["base"], TestEvidence["base"], TestEvidence["base"]],
  rest: Partial<TestEvidence> = {},
): TestEvidence {
  return { name, file: "test/a.test.js", base, baseWithTests, head, ...rest };
}
