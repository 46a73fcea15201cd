import type { TestEvidence } from "../types.ts";
import { type ChangedTests, type Place, purposes } from "./changed-tests.ts";
import { likenessWithin, shareOf } from "./likeness.ts";
import { proves, runsOf } from "./ran.ts";

/** A test that proves something need not be as alike as one that does not. */
const [provingShare, nameShare, placeShare, fileShare] = [0.5, 0.6, 0.75, 0.85];

/** What took the place of a test that is gone, as the end of a sentence; null if nothing did. */
export function successors(
  changed: ChangedTests,
  tests: readonly TestEvidence[],
): (gone: Place) => string | null {
  const provingNext = provingSuccessors(changed, tests);
  const purposeOf = purposes(changed.gone, ({ before }) => before.blocks);
  const added = changed.files.map((file) => ({
    places: file.added.map(({ words }) => words),
    all: new Set(file.added.flatMap(({ words }) => [...words])),
  }));
  return (place) => {
    const next = provingNext(place);
    if (next !== null) return `"${next}" took its place`;
    // A few words stand in many a test: the fewer, the less they tell.
    const { telling } = purposeOf(place);
    const isTakenOver = added.some(
      ({ places, all }) =>
        (telling.size >= 3 && places.some((others) => shareOf(telling, others) >= placeShare)) ||
        (telling.size >= 6 && shareOf(telling, all) >= fileShare),
    );
    return isTakenOver ? "what it is about is tested elsewhere now" : null;
  };
}

/** The name of a test that is new in a test's file, fails on the base, and is about the same; null if there is none. */
function provingSuccessors(
  { fresh, renamed, gone }: ChangedTests,
  tests: readonly TestEvidence[],
): (place: Place) => string | null {
  const proving = [...fresh, ...renamed].filter(({ file, block }) => proves(runsOf(block, file.path, tests)));
  if (proving.length === 0) return () => null;
  const nextPurposeOf = purposes(proving, ({ after }) => after.blocks);
  const purposeOf = purposes(gone, ({ before }) => before.blocks);
  const namesOf = namesBeside(gone);
  const likeness = likenessWithin();
  const known = proving.map((place) => {
    const { name } = place.block;
    return { ...place, purpose: nextPurposeOf(place), plain: plain(name), parts: partsOf(name) };
  });
  return (place) => {
    const purpose = purposeOf(place);
    const { telling } = purpose;
    const [name, named] = [plain(place.block.name), namesOf(place)];
    const parts = partsOf(place.block.name);
    const next = known
      .filter((one) => one.file === place.file)
      .find(
        (one) =>
          likeness(purpose, one.purpose) >= 1 ||
          (telling.size >= 5 && shareOf(telling, one.purpose.words) >= provingShare) ||
          isContinued(name, one.plain) ||
          // The same done under nearly the same name: it expects something else of it.
          (purpose.setup.length >= 20 &&
            purpose.setup === one.purpose.setup &&
            parts.size >= 3 &&
            shareOf(parts, one.parts) >= nameShare) ||
          (named.size >= 2 && shareOf(named, one.parts) >= nameShare),
      );
    return next?.block.name ?? null;
  };
}

/** Whether one name goes on where the other ends. */
function isContinued(one: string, other: string): boolean {
  return Math.min(one.length, other.length) >= 10 && (one.startsWith(other) || other.startsWith(one));
}

/** A name, however its words are joined. */
const plain = (name: string) => name.replaceAll(/[\W_]/g, "").toLowerCase();

/** The words of a test's name, however they are joined. */
function partsOf(name: string): Set<string> {
  const parts = name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [];
  return new Set(parts.map((part) => part.toLowerCase()));
}

/** Those words of a test's name that are in no other name of its file. */
function namesBeside(places: readonly Place[]): (place: Place) => Set<string> {
  const files = [...new Set(places.map(({ file }) => file))].map((file) => {
    const counts = new Map<string, number>();
    for (const name of new Set(file.before.blocks.map((block) => block.name)))
      for (const part of partsOf(name)) counts.set(part, (counts.get(part) ?? 0) + 1);
    return [file, counts] as const;
  });
  const countsOf = new Map(files);
  return ({ file, block }) =>
    new Set([...partsOf(block.name)].filter((part) => countsOf.get(file)?.get(part) === 1));
}
