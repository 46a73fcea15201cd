import type { SuiteRun, TestEvidence, Verification } from "./types.ts";
import { isBroken } from "./verdict.ts";

const maxLines = 200;
const maxBytes = 12_000;
const maxTests = 10;

/** What goes back to the model about a verification that is not good enough: what failed, and what it said. Capped. */
export function feedback(verification: Verification): string {
  const { verdict, reason, problem, findings, suites } = verification;
  const blocking = findings.filter((finding) => finding.weight === "blocking");
  const unusable = problem === undefined ? undefined : (suites.head ?? suites.baseWithTests ?? suites.base);
  const parts = [
    `verdict: ${verdict} (${problem === undefined ? reason : `${reason}, ${problem}`})`,
    verification.testCommand === null ? "" : `test command: ${verification.testCommand}`,
    ...blocking.map(
      ({ file, line, reason: why }) => `blocked: ${file}${line === null ? "" : `:${line}`}: ${why}`,
    ),
    listOf("passed before the change and fails now", verification.tests.filter(isBroken)),
    listOf("new and fails", verification.tests.filter(isNewAndFails)),
    listOf("new, but passes without the change too", verification.tests.filter(provesNothing)),
    listOf("fails and passes by chance", verification.tests.filter(isChance)),
    unusable === undefined ? "" : outputOf(unusable),
  ];
  return capped(parts.filter((part) => part !== "").join("\n"));
}

const isNewAndFails = (test: TestEvidence) => test.base === "absent" && test.head === "failed";
const isChance = (test: TestEvidence) => test.flaky === true && test.base !== "failed";
const provesNothing = (test: TestEvidence) =>
  test.base === "absent" && test.baseWithTests === "passed" && test.head === "passed" && test.flaky !== true;

function listOf(title: string, tests: readonly TestEvidence[]): string {
  if (tests.length === 0) return "";
  const shown = tests.slice(0, maxTests).map(({ name, file, head, message }) => {
    const place = file === null ? name : `${file}: ${name}`;
    return head === "failed" && message !== undefined ? `- ${place}\n${indented(message)}` : `- ${place}`;
  });
  const more = tests.length > maxTests ? [`- and ${tests.length - maxTests} more`] : [];
  return [`${title}:`, ...shown, ...more].join("\n");
}

function outputOf(suite: SuiteRun): string {
  return `output of ${suite.command} (exit code ${suite.exitCode ?? "none"}), its end:\n${indented(suite.output.slice(-6_000))}`;
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, "    ");
}

function capped(text: string): string {
  const lines = text.split("\n");
  let kept = lines.slice(0, maxLines).join("\n");
  while (Buffer.byteLength(kept) > maxBytes) kept = kept.slice(0, Math.floor(kept.length * 0.9));
  return kept.length === text.length ? text : `${kept}\n… the rest is cut …`;
}
