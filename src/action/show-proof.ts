import { resolve } from "node:path";
import { notice, setFailed, setOutput, summary, warning } from "@actions/core";
import type { Redact } from "../log/redact.ts";
import { proofLine, proofSummary, proofText, type ToldProof } from "../report/proof.ts";
import { writeSarif } from "../run/write-sarif.ts";
import { input } from "./inputs.ts";
import { failingSuite } from "./show.ts";
import { type WorkflowLog, withoutCommands } from "./workflow-log.ts";

/** A proof as log, outputs, job summary, and the step's colour: only `failed` is red. */
export async function showProof(proof: ToldProof, log: WorkflowLog, redact: Redact): Promise<void> {
  const { pullRequest, verification } = proof;
  const { verdict } = verification;
  log.group("Result", proofText(proof));
  const output = failingSuite(verification);
  if (output !== null) log.group("Output of the tests", output);
  setOutput("pull-request-number", pullRequest.number);
  setOutput("pull-request-url", pullRequest.url);
  setOutput("commit-sha", proof.head);
  setOutput("verdict", verdict);
  const sarifFile = input("sarif-file");
  if (sarifFile !== "") await writeSarif(resolve(sarifFile), verification.findings, redact);
  // Older servers have no summaries.
  if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(redact(proofSummary(proof)), true).write();

  const line = withoutCommands(redact(proofLine(proof)));
  if (verdict === "failed") setFailed(line);
  else if (verdict === "unverified") warning(line);
  else notice(line);
}
