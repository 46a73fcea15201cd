/** A part of a body that is folded away until somebody opens it. */
export interface Fold {
  readonly summary: string;
  /** What stands before the first piece, e.g. the head of a table. */
  readonly head?: string;
  /** Each is whole by itself, so that the fold can end after any of them. */
  readonly pieces: readonly string[];
  readonly between: "\n" | "\n\n";
}

/** A fold of lines. */
export const lines = (summary: string, pieces: readonly string[]): Fold => ({
  ...{ summary, pieces },
  between: "\n",
});

/** A fold of paragraphs. */
export const paragraphs = (summary: string, pieces: readonly string[]): Fold => ({
  ...{ summary, pieces },
  between: "\n\n",
});

/** GitHub takes 65,536 characters; some are left for the attempts, the markers and what redaction adds. */
export const longestBody = 60_000;

/**
 * The folds that have room in so many characters, one after the other. What has none is cut from the end, piece by piece,
 * and that is said.
 */
export function folded(folds: readonly Fold[], room: number): string {
  const parts: string[] = [];
  let left = room - longestWord;
  let cut = 0;
  for (const fold of folds.filter(({ pieces }) => pieces.length > 0)) {
    const open = `<details><summary>${fold.summary}</summary>\n\n${fold.head === undefined ? "" : `${fold.head}\n`}`;
    const close = "\n\n</details>";
    const kept: string[] = [];
    left -= open.length + close.length + 2;
    for (const piece of fold.pieces) {
      if (cut > 0 || left < piece.length + fold.between.length) cut++;
      else {
        kept.push(piece);
        left -= piece.length + fold.between.length;
      }
    }
    if (kept.length > 0) parts.push(`${open}${kept.join(fold.between)}${close}`);
  }
  return [...parts, ...(cut > 0 ? [cutWord(cut)] : [])].join("\n\n");
}

const cutWord = (cut: number) =>
  `Cut here: ${cut} more lines of details have no room in GitHub's 65,536 characters.`;
const longestWord = 120;
