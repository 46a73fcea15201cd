/** What the model said of its work, in the parts that it was asked for. Its own words: none of it is evidence. */
export interface Account {
  /** What was wrong or missing, and what was changed. */
  readonly text: string;
  /** What the task asks for, each with the test that is said to show it, as one line. */
  readonly requirements: readonly string[];
  readonly assumptions: readonly string[];
  readonly notDone: readonly string[];
  /** What was done about the numbered remarks of a review, where that was asked for. */
  readonly remarks: readonly string[];
}

type Part = Exclude<keyof Account, "text">;

const parts: Readonly<Record<string, Part>> = {
  requirements: "requirements",
  assumptions: "assumptions",
  "not done": "notDone",
  remarks: "remarks",
};

const heading =
  /^\s{0,3}(?:#{1,6}\s+)?(?:\*\*|__)?(requirements|assumptions|not done|remarks):?(?:\*\*|__)?:?\s*$/i;
const item = /^\s{0,3}(?:[-*+•]|\d+[.)])\s+(.*)$/;
const nothing = /^["'`]?(?:none|nothing|n\/a)["'`]?\.?$/i;

/** Items of one part; who lists more does not sum up. */
const most = 100;

/** A summary in its parts. Where it does not keep to the form that was asked for, all of it is the text. */
export function accountOf(summary: string): Account {
  const whole = { text: summary.trim(), requirements: [], assumptions: [], notDone: [], remarks: [] };
  const found: Record<Part, string[]> = { requirements: [], assumptions: [], notDone: [], remarks: [] };
  const text: string[] = [];
  let part: Part | null = null;
  for (const line of summary.split("\n")) {
    const name = heading.exec(line)?.[1]?.toLowerCase();
    const items: string[] | null = part === null ? null : found[part];
    if (name !== undefined) part = parts[name] ?? null;
    else if (items === null) text.push(line);
    else if (line.trim() === "") continue;
    else if (item.test(line)) items.push(item.exec(line)?.[1]?.trim() ?? "");
    // A part may be one plain sentence, and an item may go on in the next line.
    else if (items.length === 0) items.push(line.trim());
    else if (/^\s{2,}\S/.test(line)) items.push(`${items.pop()} ${line.trim()}`);
    else return whole;
  }
  const before = text.join("\n").trim();
  if (part === null || before === "" || Object.values(found).some(({ length }) => length > most))
    return whole;
  const said = (items: readonly string[]) => items.filter((one) => one !== "" && !nothing.test(one));
  return {
    text: before,
    requirements: said(found.requirements),
    assumptions: said(found.assumptions),
    notDone: said(found.notDone),
    remarks: said(found.remarks),
  };
}
