import type { TestEvidence } from "../types.ts";
import type { ChangedTests, Place } from "./changed-tests.ts";
import { shareOf, wordsIn } from "./likeness.ts";
import { proves, runsOf } from "./ran.ts";

/** A test that proves something need not be as alike as one that does not. */
const [provingShare, nameShare, placeShare, fileShare] = [0.7, 0.6, 0.75, 0.85];

/**
 * What accounts for a test that is gone, as the end of a sentence; null if nothing does. `goneNames` are those that the
 * sources no longer declare.
 */
export function successors(
  { files, fresh, renamed }: ChangedTests,
  tests: readonly TestEvidence[],
  goneNames: ReadonlySet<string>,
): (gone: Place) => string | null {
  const proving = [...fresh, ...renamed]
    .filter(({ file, block }) => proves(runsOf(block, file.path, tests)))
    .map((place) => ({ ...place, words: wordsIn(place.block.lines) }));
  const added = files.map((file) => ({
    places: file.added.map(({ words }) => words),
    all: new Set(file.added.flatMap(({ words }) => [...words])),
  }));
  return ({ file, block }) => {
    const words = wordsIn(block.lines);
    const named = partsOf(block.name);
    const next = proving
      .filter((one) => one.file === file)
      .find(
        (one) =>
          shareOf(words, one.words) >= provingShare || shareOf(named, partsOf(one.block.name)) >= nameShare,
      );
    if (next !== undefined) return `"${next.block.name}" took its place`;
    // A few words stand in many a test: the fewer, the less they tell.
    const isTakenOver = added.some(
      ({ places, all }) =>
        (words.size >= 5 && places.some((others) => shareOf(words, others) >= placeShare)) ||
        (words.size >= 10 && shareOf(words, all) >= fileShare),
    );
    if (isTakenOver) return "what it is about is tested elsewhere now";
    const used = block.code.join("\n").match(/\w{3,}/g) ?? [];
    return used.some((name) => goneNames.has(name)) ? "so is what it tests" : null;
  };
}

/** The words of a test's name, however they are joined. */
function partsOf(name: string): Set<string> {
  const parts = name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [];
  return new Set(
    parts.map((part) => part.toLowerCase()).filter((part) => !/^(test|should|it|the|a)$/.test(part)),
  );
}
