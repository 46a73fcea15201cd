export type Language = "js" | "python" | "go" | "rust" | "java" | "cpp";

const endings: readonly (readonly [RegExp, Language])[] = [
  [/\.([cm]?[jt]sx?|vue|svelte)$/, "js"],
  [/\.pyi?$/, "python"],
  [/\.go$/, "go"],
  [/\.rs$/, "rust"],
  [/\.(java|kts?|groovy)$/, "java"],
  [/\.(c|cc|cpp|cxx|h|hh|hpp|hxx)$/, "cpp"],
];

/** The language of a file by its name; null where it is none that the gates can read. */
export function languageOf(path: string): Language | null {
  return endings.find(([ending]) => ending.test(path))?.[1] ?? null;
}
