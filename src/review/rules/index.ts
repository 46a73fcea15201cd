import type { Language } from "../languages.ts";
import type { Rule, Topic } from "../rule.ts";
import { commands } from "./commands.ts";
import { credentials } from "./credentials.ts";
import { defaults } from "./defaults.ts";
import { deserialisation } from "./deserialisation.ts";
import { errors } from "./errors.ts";
import { exposure } from "./exposure.ts";
import { input } from "./input.ts";
import { memory } from "./memory.ts";
import { paths } from "./paths.ts";
import { requests } from "./requests.ts";
import { sql } from "./sql.ts";
import { tls } from "./tls.ts";
import { weak } from "./weak.ts";
import { xss } from "./xss.ts";

/** What the review looks for, each in a file of its own. */
export const topics: readonly Topic[] = [
  sql,
  commands,
  paths,
  requests,
  xss,
  deserialisation,
  weak,
  credentials,
  tls,
  input,
  defaults,
  exposure,
  errors,
  memory,
];

const severities = ["high", "medium", "low"];
// The grave first: of a file that would have hundreds, the first are taken.
const all = topics
  .flatMap(({ rules }) => rules)
  .toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
const byLanguage = Map.groupBy(all, ({ language }) => language);
const byId = new Map(all.map((rule) => [rule.id, rule]));

/** The rules of one language. */
export function rulesFor(language: Language): readonly Rule[] {
  return byLanguage.get(language) ?? [];
}

/** The rule of that name. */
export function ruleOf(id: string): Rule | undefined {
  return byId.get(id);
}
