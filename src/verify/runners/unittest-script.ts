import { posix } from "node:path";

/** A script of the repository's own that runs tests, taken out of a shell line: `start`, `python`, `file`, `words` in a row. */
export interface Script {
  /** What stands before: `cd`, variables. */
  readonly start: string;
  /** What runs it, with its flags and a space behind it; absent where the script is called by itself. */
  readonly python?: string;
  readonly file: string;
  readonly words: string;
  /** Where it lies, from the folder in which the line is run. */
  readonly path: string;
}

const python = String.raw`(?:[\w./-]*\/)?(?:python[\d.]*|py)\s+(?:-m\s+coverage\s+run\s+)?`;
const coverage = String.raw`(?:[\w./-]*\/)?coverage\s+run\s+`;
const manager = String.raw`(?:(?:poetry|uv|pipenv|pdm|hatch)\s+run\s+)?`;
const last = new RegExp(
  [
    String.raw`^(?<start>.*&&\s*)?(?<env>(?:\w+=[^\s;&|]*\s+)*)`,
    String.raw`(?<python>${manager}(?:${python}|${coverage})(?:-(?!m\b|c\b)\S+\s+)*)?`,
    String.raw`(?<file>[\w./-]+\.py)(?<words>(?:\s+[^\s;&|]+)*)\s*$`,
  ].join(""),
);

/** The script that the last command of `line` runs; null where that is something else. */
export function scriptIn(line: string): Script | null {
  const { start = "", env = "", python, file, words = "" } = last.exec(line)?.groups ?? {};
  if (file === undefined) return null;
  const [, folder = ""] = /(?:^|&&)\s*cd\s+([\w./-]+)\s*&&\s*$/.exec(start) ?? [];
  return {
    start: `${start}${env}`,
    ...(python === undefined ? {} : { python }),
    ...{ file, words, path: posix.join(folder, file) },
  };
}
