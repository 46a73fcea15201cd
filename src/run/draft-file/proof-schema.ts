import { z } from "zod";
import { linters } from "../../lint/linters/index.ts";
import type {
  Finding,
  LinterRun,
  RunSummary,
  SuiteRun,
  TestEvidence,
  TestResult,
  Verification,
} from "../../verify/types.ts";
import { list, manyItems, someItems } from "./list.ts";

/** Every key, those too that may be absent: a file with a key that the schema does not know is refused. */
export type Shape<Type> = Readonly<Record<keyof Type, z.ZodType>>;

type Proof = Omit<Verification, "setupCommand" | "testCommand">;

const sha = z.string().regex(/^[0-9a-f]{40}$/);
const text = z.string().max(2_000_000);
const count = z.number().int().min(0);
/** A report shows them as they are. */
const linterName = z.enum(linters.map(({ name }) => name));
const verdict = z.enum(["verified", "tests-pass", "unverified", "failed"]);
const state = z.enum(["passed", "failed", "skipped", "absent", "not-run"]);
const problem = z.enum([
  "setup-failed",
  "timeout",
  "no-tests-ran",
  "runner-failed",
  "runner-missing",
  "no-report",
  "report-unreadable",
  "report-contradicted",
]);
const reason = z.enum([
  "proved",
  "no-new-test",
  "new-test-not-run",
  "new-test-passes-on-base",
  "new-test-flaky",
  "new-test-inseparable",
  "no-test-command",
  "suite-unusable",
  "tests-broken",
  "new-test-fails",
  "still-red",
  "nothing-changed",
  "dependency-unknown",
  "blocked-by-gate",
]);

const evidence: z.ZodType<TestEvidence> = z.strictObject({
  name: text,
  file: text.nullable(),
  base: state,
  baseWithTests: state,
  head: state,
  message: text.exactOptional(),
  failure: z
    .enum(["assertion", "missing-symbol", "import-error", "compile-error", "timeout", "crash", "error"])
    .exactOptional(),
  flaky: z.boolean().exactOptional(),
  movedFrom: text.exactOptional(),
} satisfies Shape<TestEvidence>);

const result = z.strictObject({
  name: text,
  file: text.nullable(),
  state: z.enum(["passed", "failed", "skipped"]),
  message: text.exactOptional(),
  scope: z.literal("file").exactOptional(),
} satisfies Shape<TestResult>);

const summary = z.strictObject({
  passed: count.nullable(),
  failed: count,
  results: count.exactOptional(),
  worst: count.exactOptional(),
} satisfies Shape<RunSummary>);

const suite: z.ZodType<SuiteRun> = z.strictObject({
  tree: sha,
  command: text,
  tests: list(result, manyItems),
  exitCode: z.number().int().nullable(),
  durationMs: z.number(),
  output: text,
  summary: summary.exactOptional(),
  only: list(text, manyItems).exactOptional(),
  keptSince: z.iso.datetime().exactOptional(),
  problem: problem.exactOptional(),
  problemIn: text.exactOptional(),
  unusable: list(
    z.strictObject({ folder: text, problem: z.union([problem, z.literal("not-run")]) }),
    someItems,
  ).exactOptional(),
} satisfies Shape<SuiteRun>);

const finding: z.ZodType<Finding> = z.strictObject({
  gate: z.string().regex(/^[a-z\d-]{1,100}$/),
  weight: z.enum(["blocking", "remark"]),
  file: text,
  line: count.nullable(),
  endLine: count.exactOptional(),
  reason: text,
  review: z
    .strictObject({
      rule: z.string().max(200),
      cwe: count,
      severity: z.enum(["high", "medium", "low"]),
      fingerprint: z.string().max(200),
    })
    .exactOptional(),
  lint: z
    .strictObject({
      linter: linterName,
      rule: text.nullable(),
      severity: z.enum(["error", "warning"]),
      fingerprint: z.string().max(200),
    })
    .exactOptional(),
} satisfies Shape<Finding>);

const linter = z.strictObject({
  name: linterName,
  folder: text,
  result: z.enum(["compared", "missing", "late", "unusable", "broken"]),
  found: count,
} satisfies Shape<LinterRun>);

/** A verification as it stands in a draft file. The commands are left out: who publishes finds them again. */
export const proof: z.ZodType<Proof> = z.strictObject({
  verdict,
  reason,
  problem: problem.exactOptional(),
  treeSha: sha,
  baseTreeSha: sha,
  tests: list(evidence, manyItems),
  suites: z.strictObject({
    base: suite.exactOptional(),
    baseWithTests: suite.exactOptional(),
    head: suite.exactOptional(),
  }),
  findings: list(finding, someItems),
  linters: list(linter, someItems).exactOptional(),
  durationMs: z.number(),
} satisfies Shape<Proof>);
