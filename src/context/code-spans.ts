/** A span of code that begins and ends on one line. */
const span = /(?<![`\\])`[^`\n]+`(?!`)/g;

/** The text in pieces: what is beside code, then code, and so on. */
export const aroundCode = (text: string): string[] => text.split(new RegExp(`(${span.source})`));

/** Answers whether a position is within code; asked from left to right. */
export function codeFinder(text: string): (at: number) => boolean {
  const spans = [...text.matchAll(span)].map(({ 0: code, index }) => ({
    from: index,
    to: index + code.length,
  }));
  let next = 0;
  return (at) => {
    while ((spans[next]?.to ?? Number.POSITIVE_INFINITY) <= at) next++;
    return (spans[next]?.from ?? Number.POSITIVE_INFINITY) <= at;
  };
}
