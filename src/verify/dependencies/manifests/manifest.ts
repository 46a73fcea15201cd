/** Where packages of a kind are kept, by its usual name. */
export type Ecosystem = "npm" | "PyPI" | "Go" | "Cargo" | "Maven" | "Composer" | "RubyGems";

/** One package that a manifest asks for. */
export interface Dependency {
  readonly ecosystem: Ecosystem;
  /** As the registry has it, where the manifest calls it otherwise. */
  readonly name: string;
  /** What it is taken from instead of a registry: an address, a path. */
  readonly elsewhere?: string;
  /** Only because another dependency needs it, as far as the manifest says. */
  readonly indirect?: boolean;
}

/** One kind of manifest. `read` throws where the text is not of its format. */
export interface Manifest {
  readonly files: RegExp;
  read(text: string): Dependency[];
}

/** The entries of a table, none where it is something else. */
export function entriesOf(value: unknown): [string, unknown][] {
  const isTable = typeof value === "object" && value !== null && !Array.isArray(value);
  return isTable ? Object.entries(value) : [];
}

/** The texts of a list, none where it is something else. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** The text under one of `keys`; the first that is there. */
export function textIn(value: unknown, ...keys: readonly string[]): string | null {
  const entries = entriesOf(value);
  for (const key of keys) {
    const found = entries.find(([name]) => name === key)?.[1];
    if (typeof found === "string") return found;
  }
  return null;
}

/** What is found on a way of keys: `at(toml, "project", "dependencies")`. */
export function at(value: unknown, ...way: readonly string[]): unknown {
  return way.reduce<unknown>((here, key) => entriesOf(here).find(([name]) => name === key)?.[1], value);
}
