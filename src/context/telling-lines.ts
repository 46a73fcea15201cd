/** Characters of a line, and lines around one that tells something. */
const longestLine = 400;
const before = 3;
const after = 12;
const atTheEnd = 15;

const telling = /error|fail|fatal|exception|panic|assert|expected|not ok|traceback|✗|✖|✕|exit code [1-9]/i;
// Where each of GitHub's lines begins, and how a terminal is told to colour.
const stamp = /^\uFEFF?\d{4}-\d\d-\d\dT[\d:.]{8,20}Z /;
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what an escape sequence begins with.
const colours = /\u001b\[[\d;?]{0,20}[A-Za-z]/g;

/** The lines of a job's log that say what went wrong, with those around them, at most so many characters: in time that grows with the log and no faster. */
export function tellingLines(log: string, most = 12_000): string {
  const lines = log.split("\n").map((line) => {
    const short = line
      .slice(0, longestLine + 60)
      .replace(stamp, "")
      .replace(colours, "")
      .replace(/\r$/, "");
    return short.replace(/^##\[(error|warning|command|section|debug|notice)\]/, "$1: ").slice(0, longestLine);
  });
  const kept = lines.filter((line) => !/^##\[(?:end)?group\]/.test(line));
  const wanted = new Set<number>();
  kept.forEach((line, at) => {
    if (!telling.test(line)) return;
    for (let near = Math.max(0, at - before); near <= Math.min(kept.length - 1, at + after); near++)
      wanted.add(near);
  });
  for (let at = Math.max(0, kept.length - atTheEnd); at < kept.length; at++) wanted.add(at);
  return within(
    [...wanted].sort((left, right) => left - right),
    kept,
    most,
  );
}

/** What comes last is what a job ended for: the beginning is left out where there is too much. */
function within(wanted: readonly number[], lines: readonly string[], most: number): string {
  const shown: string[] = [];
  let size = 0;
  let above = lines.length;
  for (const at of wanted.toReversed()) {
    const line = lines[at] ?? "";
    size += line.length + 1;
    if (size > most) break;
    if (at < above - 1 && shown.length > 0) shown.push("…");
    shown.push(line);
    above = at;
  }
  return shown.toReversed().join("\n").trim();
}
