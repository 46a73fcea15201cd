import { runners } from "../runners/index.ts";
import { quoted } from "../runners/runner.ts";
import { speaks } from "./nearest.ts";
import { type Part, planOf, type TestPlan } from "./plan.ts";
import { isBelow, relativeTo } from "./project-folders.ts";

/**
 * `plan` with commands that run the tests in `files` alone: parts without any of them are left out, and a part whose runner
 * cannot be told runs all of its own. null where that is the same plan.
 */
export function limitedTo(plan: TestPlan, files: readonly string[]): TestPlan | null {
  const mine = Map.groupBy(files, (file) => partFor(plan.parts, file));
  let limited = false;
  const parts = plan.parts.flatMap((part): Part[] => {
    const here = mine.get(part) ?? [];
    if (part.test === null || here.length === 0) {
      limited = true;
      return [];
    }
    const paths = here.map((file) => relativeTo(part.folder, file));
    const command = runners[part.runner ?? "command"].only?.({ ...part, test: part.test }, paths) ?? null;
    const test = command ?? inMembers(part, paths);
    if (test === null) return [part];
    limited = true;
    return [{ ...part, test, testWithArguments: test }];
  });
  return limited && parts.length > 0 ? planOf(parts) : null;
}

/** The command for the packages of a workspace that have `files`; null where it takes no names, or one of them has no package. */
function inMembers({ test, members = [] }: Part, files: readonly string[]): string | null {
  const deepest = [...members].sort((one, other) => other.folder.length - one.folder.length);
  const names = new Set(files.map((file) => deepest.find(({ folder }) => isBelow(file, folder))?.name));
  if (names.has(undefined) || !test?.includes(" --workspace")) return null;
  return test.replace(" --workspace", [...names].map((name) => ` -p ${quoted(name ?? "")}`).join(""));
}

/** The part in the nearest folder above; of several there, the one of the file's language. */
function partFor(parts: readonly Part[], file: string): Part | undefined {
  const above = parts.filter(({ folder }) => isBelow(file, folder));
  const depth = Math.max(...above.map(({ folder }) => folder.length));
  const nearest = above.filter(({ folder }) => folder.length === depth);
  return nearest.find((part) => speaks(part, file)) ?? nearest[0];
}
