import type { Complaint, Printed } from "./linter.ts";

/** More complaints of one linter are not read: nobody would read them either. */
const most = 5_000;

/** The text as JSON; undefined where it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The list of objects that a text is as JSON; null where it is none. */
export function objectsIn(text: string): Record<string, unknown>[] | null {
  const value = jsonIn(text);
  return Array.isArray(value) ? objects(value) : null;
}

/** The objects of a list; none where it is no list. */
export function objects(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) return [];
  return value.filter((one) => typeof one === "object" && one !== null && !Array.isArray(one)).slice(0, most);
}

export const stringOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** A line number, if it is one. */
export const lineOf = (value: unknown): number | null =>
  Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : null;

/** Complaints printed line by line: `form` has the groups `file`, `line`, `message`, and where there is one `rule`. */
export function complaintsIn(text: string, form: RegExp): Complaint[] {
  const found: Complaint[] = [];
  for (const printed of text.split("\n")) {
    const { file, line, rule, message = "" } = form.exec(printed)?.groups ?? {};
    if (file === undefined || found.length >= most) continue;
    found.push({
      ...{ file, rule: rule ?? null, message: message.trim(), severity: "error" },
      line: lineOf(Number(line)),
    });
  }
  return found;
}

/** Files that a formatter would change. */
export function unformatted(files: readonly string[]): Complaint[] {
  return files
    .slice(0, most)
    .map((file) => ({ file, line: null, rule: null, message: "would change this file", severity: "error" }));
}

/** The lines of a text that are not empty. */
export const linesIn = (text: string): string[] => text.split("\n").filter((line) => line.trim() !== "");

/** `found`, where a linter ended with one of `codes`, or with one of `complaining` and found something; else null. */
export function ended(
  { code }: Printed,
  found: readonly Complaint[] | null,
  codes: readonly number[],
  complaining: readonly number[] = [],
): readonly Complaint[] | null {
  if (found === null) return null;
  const isAnswer = codes.includes(code) || (complaining.includes(code) && found.length > 0);
  return isAnswer ? found.slice(0, most) : null;
}
