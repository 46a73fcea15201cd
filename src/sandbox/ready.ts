import { keepEnds } from "./keep-ends.ts";
import { type Limits, limitScript } from "./limits.ts";

/** What a command's shell says on standard error before anything of the command runs. */
const WORD = "firstdraft: the sandbox stands";

/**
 * The shell's words in front of a command where another program keeps it apart: limits, and to tell that program's own
 * complaints from the command, which is told when `toEnd`, by a word before standard error joins standard output.
 */
export const entryScript = (limits: Limits, counting: "here" | "outside", toEnd: boolean): string =>
  `${toEnd ? `echo '${WORD}' >&2; exec 2>&1; ` : ""}${limitScript(limits, counting)} && exec "$@"`;

/** What comes on standard error of such a program. */
export interface Complaints {
  push(chunk: Buffer): void;
  /** Whether the command was begun. */
  readonly ready: boolean;
  /** All but the word. */
  text(): string;
}

export function keepComplaints(): Complaints {
  const ends = keepEnds(4096);
  return {
    push: ends.push,
    get ready() {
      return ends.text().includes(WORD);
    },
    text: () => ends.text().replace(WORD, "").trim(),
  };
}
