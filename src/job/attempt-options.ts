import { modelId } from "../config/types.ts";

/** What another attempt is asked for besides its guidance. */
export interface AttemptOptions {
  /** The tests of the attempt shown stay, and the source is written anew. */
  readonly keepTests?: boolean;
  /** Commits that firstdraft did not make may be taken off the branch. */
  readonly force?: boolean;
  readonly model?: string;
  /** Dollars. */
  readonly usd?: number;
  /** An option whose value says nothing, as it was written. */
  readonly unreadable?: string;
}

const option = /^[ \t]*(?:(keep-tests)|(force)(?=\s*$)|((model|budget)=(\S*)))(?=\s|$)/;
const dollars = /^\$?(\d{1,4}(?:\.\d{1,2})?)$/;

/**
 * The options that stand first on the line of a command, and the text after them. `force` is one only where nothing follows
 * it on its line: before other words it is one of them.
 */
export function readOptions(
  text: string,
  command: "regenerate" | "revise",
): { readonly options: AttemptOptions; readonly rest: string } {
  const [line = "", ...below] = text.split(/(?=\r?\n)/);
  let options: AttemptOptions = {};
  let left = line;
  for (;;) {
    const found = option.exec(left);
    // What is revised keeps its tests, and overwrites nothing.
    const isWord = command === "revise" && found?.[3] === undefined;
    if (found === null || isWord) return { options, rest: [left, ...below].join("").trim() };
    left = left.slice(found[0].length);
    const [, keepTests, force, written = "", name, value = ""] = found;
    if (keepTests) options = { ...options, keepTests: true };
    else if (force) options = { ...options, force: true };
    else options = { ...options, ...(readValue(name, value) ?? { unreadable: written }) };
  }
}

function readValue(name: string | undefined, value: string): AttemptOptions | null {
  if (name === "model") return modelId.test(value) ? { model: value } : null;
  const usd = Number(dollars.exec(value)?.[1] ?? 0);
  return usd > 0 ? { usd } : null;
}
