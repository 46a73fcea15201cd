import { createRequire } from "node:module";

// Imported, it is another thing than its types say.
const { default: Sequencer }: typeof import("@jest/test-sequencer") = createRequire(import.meta.url)(
  "@jest/test-sequencer",
);
type Sort = InstanceType<typeof Sequencer>["sort"];

/**
 * Beginnings of the names of files that take half a minute and more, the longest first; those that mostly wait for a time to
 * pass begin beside those that keep all cores busy.
 */
const long = [
  "verify/languages/maven",
  "verify/limited-suite",
  "verify/languages/gradle",
  "sandbox/contract/",
  "crash/several",
  "crash/",
  "scenarios/killed",
  "scenarios/github-fails",
  "scenarios/branches",
  "verify/languages/",
  "verify/monorepo/",
  "scenarios/",
  "job/",
  "action/",
  "verify/tampering/",
  "verify/",
  "app/",
];
const top = `${import.meta.dirname.replace(/\/helpers$/, "")}/`;

/** Long files first, so that all cores have work to the end. By itself jest knows how long they take only from a run before. */
export default class LongestFirst extends Sequencer {
  override async sort(tests: Parameters<Sort>[0]): Promise<Awaited<ReturnType<Sort>>> {
    const sorted = await super.sort(tests);
    return sorted.toSorted((one, other) => placeOf(one.path) - placeOf(other.path));
  }
}

function placeOf(path: string): number {
  const place = long.findIndex((name) => path.startsWith(top + name));
  return place === -1 ? long.length : place;
}
