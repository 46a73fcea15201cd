import type { Account } from "../account.ts";
import { evidenceDetails } from "../evidence-details.ts";
import { count } from "../figures.ts";
import { type Fold, lines, paragraphs } from "../folded.ts";
import { inert, inertLine } from "../inert.ts";
import { noticeList } from "../notices.ts";
import { firstWords } from "./first-screen.ts";
import { manifest } from "./manifest.ts";
import type { PublishedReport } from "./report.ts";
import { checkRequirements, requirementLines } from "./requirements.ts";

/** Everything that is folded away, in the order in which a reviewer wants it. */
export function details(report: PublishedReport, account: Account): Fold[] {
  const { draft, links } = report;
  const { verification } = draft;
  const requirements = checkRequirements(account.requirements, verification.tests);
  const shown = requirements.filter((requirement) => requirement.shown).length;
  const said = (items: readonly string[]) => items.map((item) => `- ${inertLine(item, 500)}`);
  const notices = draft.notices.length;
  const { head, rows } = manifest(report);
  return [
    lines(
      `Requirements, as the model took them from the issue (${shown} of ${requirements.length} shown by a test)`,
      requirementLines(requirements),
    ),
    lines(`Assumptions of the model (${account.assumptions.length})`, said(account.assumptions)),
    lines(`Not done, says the model (${account.notDone.length})`, said(account.notDone)),
    paragraphs("The model's whole account", wholeAccount(account)),
    ...evidenceDetails(verification, links),
    lines(`Notices (${notices})`, notices === 0 ? [] : noticeList(draft.notices).split("\n")),
    { ...lines(`What the model was given (${count(rows.length, "text")})`, rows), head },
  ];
}

function wholeAccount({ text }: Account): string[] {
  return firstWords(text) === text.trim() ? [] : [inert(text)];
}
