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
  const left = Map.groupBy(base, placeOf);
  const isFresh = (one: Located, sameWords: boolean): boolean => {
    const there = left.get(placeOf(one)) ?? [];
    const same = there.findIndex(({ message }) => message === one.message);
    const at = same >= 0 || sameWords ? same : there.length - 1;
    if (at < 0) return true;
    left.set(placeOf(one), there.toSpliced(at, 1));
    return false;
  };
  // What stands where it stood is what the base had, and then what only moved.
  const untouched = head.filter((one) => !isAdded(one));
  const stayed = new Set(untouched.filter((one) => !isFresh(one, false)));
  const moved = new Set(head.filter((one) => isAdded(one) && !isFresh(one, true)));
  return head.filter((one) => !stayed.has(one) && !moved.has(one));
}

/** A file as a whole has no text by which it could be known again elsewhere. */
const placeOf = ({ rule, line, text, file }: Located) => JSON.stringify([rule, line === null ? file : text]);
