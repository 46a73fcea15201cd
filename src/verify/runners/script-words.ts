import { matchesGlob } from "node:path";
import { commandsOf, wordsOf } from "./recognise.ts";

/** A command taken apart: what is set before it, the program, and its flags without the files that it names. */
export interface ScriptWords {
  readonly assignments: readonly string[];
  readonly program: string;
  readonly flags: readonly string[];
  /** The files or globs that it names. */
  readonly files: readonly string[];
}

interface Known {
  readonly program: RegExp;
  /** Flags whose value is the word behind them. */
  readonly withValue: RegExp;
  /** Flags without a value. */
  readonly alone: RegExp;
}

/** `script` in its parts; null where it is more than one plain command, or a word may be a flag's value as well as a file. */
export function scriptWords(script: string, known: Known): ScriptWords | null {
  if (commandsOf(script).length !== 1 || /[$`<>()\\#]/.test(script)) return null;
  const words = wordsOf(script.trim()).filter((word, at) => !(at === 0 && word === "cross-env"));
  const start = words.findIndex((word) => !/^\w+=/.test(word));
  const program = words[start];
  if (program === undefined || !known.program.test(program)) return null;
  if (!words.slice(0, start).every((word) => /^\w+=[\w@%+=:,./-]*$/.test(word))) return null;
  const flags: string[] = [];
  const files: string[] = [];
  for (let at = start + 1; at < words.length; at++) {
    const word = words[at] ?? "";
    const next = words[at + 1];
    if (!word.startsWith("-")) files.push(word);
    else {
      flags.push(word);
      if (known.withValue.test(word) && next !== undefined) flags.push(words[++at] ?? "");
      else if (!word.includes("=") && !known.alone.test(word) && next !== undefined && !next.startsWith("-"))
        return null;
    }
  }
  return { assignments: words.slice(0, start), program, flags, files };
}

/** Of `files` those that a command runs which names `given`, its files, folders and globs; all where it names none. */
export function reached(files: readonly string[], given: readonly string[]): string[] {
  const patterns = given.map((path) => path.replace(/^\.\//, "").replace(/\/$/, ""));
  if (patterns.length === 0) return [...files];
  return files.filter((file) =>
    patterns.some((path) => path === "." || file.startsWith(`${path}/`) || matchesGlob(file, path)),
  );
}
