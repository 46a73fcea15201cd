import type { TestEvidence } from "../types.ts";
import { type ChangedTests, type Place, purposes } from "./changed-tests.ts";
import { likeness, shareOf } from "./likeness.ts";
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
  return (place) => {
    const purpose = purposeOf(place);
    const { telling } = purpose;
    const named = namesBeside(place);
    const next = proving
      .filter((one) => one.file === place.file)
      .find(
        (one) =>
          likeness(purpose, nextPurposeOf(one)) >= 1 ||
          (telling.size >= 5 && shareOf(telling, nextPurposeOf(one).words) >= provingShare) ||
          isNamedAlike(place.block.name, one.block.name) ||
          (named.size >= 2 && shareOf(named, partsOf(one.block.name)) >= nameShare),
      );
    return next?.block.name ?? null;
  };
}

/** Whether one name goes on where the other ends, however their words are joined. */
function isNamedAlike(one: string, other: string): boolean {
  const [shorter, longer] = [plain(one), plain(other)].sort((a, b) => a.length - b.length) as [
    string,
    string,
  ];
  return shorter.length >= 10 && longer.startsWith(shorter);
}

const plain = (name: string) => name.replaceAll(/[\W_]/g, "").toLowerCase();

/** The words of a test's name, however they are joined. */
function partsOf(name: string): Set<string> {
  const parts = name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [];
  return new Set(parts.map((part) => part.toLowerCase()));
}

/** Those words of a test's name that are in no other name of its file. */
function namesBeside({ file, block }: Place): Set<string> {
  const others = new Set(
    file.before.blocks.filter(({ name }) => name !== block.name).flatMap(({ name }) => [...partsOf(name)]),
  );
  return new Set([...partsOf(block.name)].filter((part) => !others.has(part)));
}
