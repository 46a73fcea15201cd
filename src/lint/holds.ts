import { asRecord } from "../verify/look.ts";
import { jsonIn } from "./read.ts";

/** Whether a text has such a line. */
export const holdsLine = (form: RegExp) => (text: string) => form.test(text);

/** Whether a text in TOML or INI has this section, or one below it: `tool.ruff` also `[tool.ruff.lint]`. */
export function holdsSection(name: string): (text: string) => boolean {
  const escaped = name.replaceAll(".", "\\.");
  return holdsLine(new RegExp(`^[ \\t]*\\[${escaped}(?:[.:\\]-])`, "m"));
}

/** Whether a text in JSON is an object with this key. */
export const holdsKey = (name: string) => (text: string) => asRecord(jsonIn(text))[name] !== undefined;
