import type { Complaint } from "./linter.ts";

/** A complaint with the text of the line that it is about. */
export interface Located extends Complaint {
  readonly text: string;
}

/**
 * The complaints of the head that its base has not: by rule, words and text of the line, wherever that stands now. On a
 * line that the change does not touch one with other words is still the same one, since they may tell a count or a name.
 */
export function freshComplaints(
  head: readonly Located[],
  base: readonly Located[],
  isAdded: (complaint: Complaint) => boolean,
): Located[] {
  const left = new Map([...Map.groupBy(base, placeOf)].map(([place, there]) => [place, openPile(there)]));
  const isFresh = (one: Located, sameWords: boolean): boolean =>
    left.get(placeOf(one))?.take(one.message, sameWords) !== true;
  // What stands where it stood is what the base had, and then what only moved.
  const untouched = head.filter((one) => !isAdded(one));
  const stayed = new Set(untouched.filter((one) => !isFresh(one, false)));
  const moved = new Set(head.filter((one) => isAdded(one) && !isFresh(one, true)));
  return head.filter((one) => !stayed.has(one) && !moved.has(one));
}

/**
 * Complaints of one place, of which each is taken once: one with the same words, or else the last. A linter may print
 * thousands of them about one line, so none is looked at twice.
 */
function openPile(there: readonly Located[]) {
  const byWords = Map.groupBy(there.keys(), (index) => there[index]?.message);
  const next = new Map<string, number>();
  const taken = new Uint8Array(there.length);
  let end = there.length - 1;
  return {
    take(message: string, sameWords: boolean): boolean {
      const same = byWords.get(message) ?? [];
      let at = next.get(message) ?? 0;
      while (at < same.length && taken[same[at] ?? 0] === 1) at++;
      next.set(message, at + 1);
      while (end >= 0 && taken[end] === 1) end--;
      const found = same[at] ?? (sameWords ? -1 : end);
      if (found >= 0) taken[found] = 1;
      return found >= 0;
    },
  };
}

/** A file as a whole has no text by which it could be known again elsewhere. */
const placeOf = ({ rule, line, text, file }: Located) => JSON.stringify([rule, line === null ? file : text]);
