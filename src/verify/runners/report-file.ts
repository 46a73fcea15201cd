import type { TestResult } from "../types.ts";
import { junitResults } from "./junit.ts";
import type { Reports } from "./runner.ts";
import { readTap } from "./tap.ts";
import { trxResults } from "./trx.ts";
import { parseXml } from "./xml.ts";

/** What a command wrote to its configured report: JUnit XML, TRX or TAP, by what it says. Throws where it is none of them. */
export function readReportFiles(reports: Reports): TestResult[] {
  return [...reports.values()].flatMap((text) =>
    text.trimStart().startsWith("<") ? xmlResults(text) : tapResults(text),
  );
}

function xmlResults(text: string): TestResult[] {
  const root = parseXml(text);
  return "TestRun" in root ? trxResults(root) : junitResults(root);
}

function tapResults(text: string): TestResult[] {
  const lines = text.split(/\r?\n/);
  const { results, points, planned } = readTap(lines);
  if (planned === null && !lines.some((line) => /^TAP version \d+\s*$/.test(line)))
    throw new SyntaxError("neither XML nor TAP");
  if (planned !== null && points > planned) throw new SyntaxError("more tests than planned");
  const bailed = lines.find((line) => line.startsWith("Bail out!"));
  if (points === planned && bailed === undefined) return [...results];
  const message = bailed ?? `${points} of ${planned ?? "an unknown number of"} tests came`;
  // Which tests these are it does not say: they stand for each that is missed.
  return [
    ...results,
    { name: "(the rest of the report)", file: null, state: "failed", message, scope: "file" },
  ];
}
