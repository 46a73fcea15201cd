import type { Language } from "./languages.ts";

/** A matcher of ast-grep, https://ast-grep.github.io/reference/rule.html, as far as the rules use them. */
export interface Matcher {
  readonly pattern?: string | { readonly context: string; readonly selector: string };
  readonly kind?: string;
  readonly regex?: string;
  readonly nthChild?: number | string | { readonly position: number; readonly reverse?: boolean };
  readonly has?: Related;
  readonly inside?: Related;
  readonly follows?: Related;
  readonly precedes?: Related;
  readonly all?: readonly Matcher[];
  readonly any?: readonly Matcher[];
  readonly not?: Matcher;
  /** A matcher of `words/`, by its name. */
  readonly matches?: string;
}

/** A matcher of what is around or within; without `stopBy` only of the next node. */
export interface Related extends Matcher {
  readonly stopBy?: "end" | "neighbor" | Matcher;
  readonly field?: string;
}

export type Severity = "high" | "medium" | "low";

/** One thing to find in one language, with code that shows it and code that must not. */
export interface Rule {
  readonly id: string;
  readonly language: Language;
  /** https://cwe.mitre.org, e.g. 89. */
  readonly cwe: number;
  readonly severity: Severity;
  /** What is wrong and what to do instead, for a person. Never shows code. */
  readonly sentence: string;
  readonly find: Matcher;
  /** True where it is found in tests as well. */
  readonly inTests?: boolean;
  /** Each is reported once: in the line that ends in `here`, in the one after that which ends in `below`, or in its first. */
  readonly bad: readonly string[];
  readonly good: readonly string[];
}

/** A subject of the review: its rules, and for which languages there are none. */
export interface Topic {
  readonly name: string;
  readonly rules: readonly Rule[];
  /** Languages without a rule, each with the reason. */
  readonly without: Partial<Record<Language, string>>;
}

type Own = Omit<Rule, "id" | "language" | "cwe" | "severity" | "sentence"> &
  Partial<Pick<Rule, "cwe" | "severity" | "sentence">> & {
    /** Behind the language's and the topic's name, where a topic has several for a language. */
    readonly id?: string;
  };

/** The topic `name`, its rules by language; what a rule does not say of itself, `common` says. */
export function topic(
  name: string,
  common: Pick<Rule, "cwe" | "severity" | "sentence">,
  byLanguage: Readonly<Record<Language, readonly Own[] | string>>,
): Topic {
  const rules: Rule[] = [];
  const without: Partial<Record<Language, string>> = {};
  for (const [language, own] of Object.entries(byLanguage) as [Language, readonly Own[] | string][]) {
    if (typeof own === "string") without[language] = own;
    else
      for (const rule of own)
        rules.push({
          ...common,
          ...rule,
          language,
          id: [language, name, rule.id].filter(Boolean).join("-"),
        });
  }
  return { name, rules, without };
}
