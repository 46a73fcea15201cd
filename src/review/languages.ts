/** What rules are written for. */
export type Language = "python" | "javascript" | "go" | "rust" | "java" | "cpp";

/** What files are parsed as. The rules of JavaScript hold for its three grammars. */
export type Grammar = Language | "typescript" | "tsx";

const endings: readonly (readonly [RegExp, Grammar])[] = [
  [/\.pyi?$/, "python"],
  [/\.[cm]?jsx?$/, "javascript"],
  [/\.[cm]?ts$/, "typescript"],
  [/\.tsx$/, "tsx"],
  [/\.go$/, "go"],
  [/\.rs$/, "rust"],
  [/\.java$/, "java"],
  [/\.(c|cc|cpp|cxx|h|hh|hpp|hxx)$/, "cpp"],
];
const others =
  /\.(rb|php|cs|kt|kts|swift|scala|groovy|exs?|lua|pl|pm|sh|bash|ps1|vue|svelte|m|mm|dart|sql|html?|jsp|erb|ejs)$/i;

/** The grammar for a file by its name; null where there is none. */
export function grammarOf(path: string): Grammar | null {
  return endings.find(([ending]) => ending.test(path))?.[1] ?? null;
}

/** Whether a file holds code for which there are no rules. */
export function isOtherCode(path: string): boolean {
  return others.test(path);
}

/** Whose rules count for a grammar. */
export function languageOf(grammar: Grammar): Language {
  return grammar === "typescript" || grammar === "tsx" ? "javascript" : grammar;
}
