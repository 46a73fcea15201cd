import type { SuiteRun, Verification } from "../verify/types.ts";
import type { Outcome } from "./outcome.ts";
import { verdictSentence } from "./sentences.ts";

/** `evidence.json` and `--json`: names here are an interface that others rely on. */
export function verificationJson(
  verification: Verification,
  costUsd: number | null,
): Record<string, unknown> {
  const { tests, findings, suites, linters = [], ...rest } = verification;
  return {
    verdict: rest.verdict,
    reason: rest.reason,
    ...(rest.problem === undefined ? {} : { problem: rest.problem }),
    sentence: verdictSentence(verification).replaceAll("**", ""),
    evidence: {
      tests,
      suites: {
        base: suiteJson(suites.base),
        baseWithTests: suiteJson(suites.baseWithTests),
        head: suiteJson(suites.head),
      },
      setupCommand: rest.setupCommand,
      testCommand: rest.testCommand,
      baseTreeSha: rest.baseTreeSha,
      durationMs: rest.durationMs,
    },
    findings,
    linters,
    costUsd,
    treeSha: rest.treeSha,
  };
}

/** One object for one run; a run without a change has the verdict `null`, never a green one. */
export function outcomeJson(outcome: Outcome): Record<string, unknown> {
  if (outcome.kind === "stopped") {
    const { code, what, fix, spent } = outcome;
    return { ...nothing, outcome: "stopped", reason: code, message: what, fix, costUsd: spent?.usd ?? null };
  }
  if (outcome.kind === "shown") {
    const { pullRequest, attempt, verdict } = outcome;
    return { ...nothing, outcome: "shown", verdict, reason: "asked-for", costUsd: 0, pullRequest, attempt };
  }
  if (outcome.kind === "waits") {
    const { held, spent, model } = outcome;
    const about = { outcome: "waits", reason: `waits-for-${held.for}`, assessment: held.assessment };
    return { ...nothing, ...about, costUsd: spent.usd, run: { model, spent } };
  }
  const { draft } = outcome;
  const run = {
    model: draft.model,
    spent: draft.spent,
    rounds: draft.rounds,
    end: draft.end.kind,
    notices: draft.notices,
  };
  if (outcome.kind === "unchanged") {
    return { ...nothing, outcome: "unchanged", reason: "nothing-changed", costUsd: draft.spent.usd, run };
  }
  const { verification } = outcome.draft;
  const json = { outcome: outcome.kind, ...verificationJson(verification, draft.spent.usd), run };
  if (outcome.kind === "written") return json;
  return { ...json, pullRequest: outcome.pullRequest, attempt: outcome.attempt, stays: outcome.stays };
}

/** A suite without its tests: those stand once, in `tests`, with their three states side by side. */
function suiteJson(run: SuiteRun | undefined): Record<string, unknown> | null {
  if (run === undefined) return null;
  const { tests, output, ...rest } = run;
  const count = (state: string) => tests.filter((test) => test.state === state).length;
  const counts = { passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
  return { ...rest, ...counts, ...(run.problem === undefined ? {} : { output }) };
}

const nothing = { verdict: null, evidence: { tests: [] }, findings: [], treeSha: null };
