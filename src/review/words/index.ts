import type { Language } from "../languages.ts";
import type { Matcher } from "../rule.ts";
import { cpp } from "./cpp.ts";
import { go } from "./go.ts";
import { java } from "./java.ts";
import { javascript } from "./javascript.ts";
import { python } from "./python.ts";
import { rust } from "./rust.ts";

const words = { python, javascript, go, rust, java, cpp };

/** What the rules of a language name by `matches`. */
export function wordsFor(language: Language): Readonly<Record<string, Matcher>> {
  return words[language];
}
