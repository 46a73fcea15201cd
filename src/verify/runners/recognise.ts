import type { Runner } from "../toolchain.ts";

/** The commands of a shell line, split at `&&`, `||`, `;` and `|` outside quotes. */
export function commandsOf(line: string): string[] {
  const commands = line.match(/(?:[^"'&|;]|"[^"]*"|'[^']*')+/g) ?? [];
  return commands.map((command) => command.trim()).filter((command) => command !== "");
}

/** The words of one command, quotes removed. */
export function wordsOf(command: string): string[] {
  const words = command.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replaceAll(/["']/g, ""));
}

// Commands that run another command given after them; their own flags are skipped.
const wrappers =
  /^(cross-env(-shell)?|env|npx|pnpx|bunx|c8|nyc|dotenv|dotenvx|xvfb-run|time|coverage|istanbul|pnpm|yarn|uv|poetry|pipenv|hatch)$/;
const wrapperWords = /^(run|exec|cover|--|-m|-.*|dlx)$/;

const byName: Readonly<Record<string, Runner>> = {
  jest: "jest",
  vitest: "vitest",
  mocha: "mocha",
  _mocha: "mocha",
  jasmine: "jasmine",
  pytest: "pytest",
  "py.test": "pytest",
  ctest: "ctest",
  ava: "tap",
  qunit: "tap",
  tap: "tap",
  tape: "tap",
};

/** Which runner one command calls, or null. `words` as `wordsOf` gives them. */
export function runnerCalledBy(words: readonly string[]): Runner | null {
  const rest = unwrapped(words);
  const [first = "", second = ""] = rest;
  const name = baseName(first);
  const runner = byName[name];
  if (runner !== undefined) return runner;
  if (/^(python[\d.]*|py)$/.test(name)) return pythonModule(rest);
  if (/^(node|tsx|ts-node|bun)$/.test(name)) return nodeProgram(rest);
  if (name === "meson" && second === "test") return "meson";
  if (name === "go" && second === "test") return "go";
  if (name === "cargo" && rest.includes("nextest")) return "nextest";
  if (name === "cargo" && rest.includes("test")) return "cargo";
  if (/^mvnw?$/.test(name) && rest.some((word) => /^(test|verify|package|install)$/.test(word)))
    return "maven";
  if (/^gradlew?$/.test(name) && rest.some((word) => /(^|:)(test|check|build)$/.test(word))) return "gradle";
  return null;
}

function unwrapped(words: readonly string[]): readonly string[] {
  let rest = words;
  while (rest.length > 0) {
    const [first = ""] = rest;
    if (/^\w+=/.test(first)) rest = rest.slice(1);
    else if (wrappers.test(baseName(first))) {
      rest = rest.slice(1);
      while (rest[0] !== undefined && wrapperWords.test(rest[0])) rest = rest.slice(1);
    } else return rest;
  }
  return rest;
}

function pythonModule(words: readonly string[]): Runner | null {
  const at = words.indexOf("-m");
  const module = at < 0 ? "" : words[at + 1];
  if (module === "pytest" || module === "unittest") return module;
  return module === "coverage" ? runnerCalledBy(["coverage", ...words.slice(at + 2)]) : null;
}

function nodeProgram(words: readonly string[]): Runner | null {
  if (words.includes("--test")) return "node-test";
  const program = words.find((word, index) => index > 0 && /(^|\/)node_modules\//.test(word));
  const [, name] =
    /node_modules\/(?:\.bin\/)?(jest|vitest|mocha|jasmine)(?=$|[/.])/.exec(program ?? "") ?? [];
  if (name !== undefined) return byName[name] ?? null;
  // A program of the repository's own that runs the command given after it.
  const [file = "", command = ""] = words.slice(1).filter((word) => !word.startsWith("-"));
  return /\.[cm]?[jt]s$/.test(file) ? (byName[command] ?? null) : null;
}

function baseName(word: string): string {
  return (word.split("/").at(-1) ?? "").replace(/\.(js|mjs|cjs|cmd)$/, "");
}
