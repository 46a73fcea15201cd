import type { Finding } from "../types.ts";
import type { TestFile } from "./changed-tests.ts";
import type { GateInput } from "./gate.ts";
import { hunksBetween } from "./hunks.ts";
import { type InlineSnapshot, inlineSnapshots } from "./inline-snapshots.ts";

/** So many rewritten expectations nobody reads one by one. */
const bulk = 10;

const snapshotFile = /(\.snap|\.ambr|\.snapshot)$|(^|\/)(__snapshots__|tap-snapshots)\//;

/** Whether a file holds recorded expectations. */
export const isSnapshot = (path: string): boolean => snapshotFile.test(path);

/** Begins a recorded expectation in a file of several: of jest and vitest, of syrupy. */
const entry = /^exports\[|^# name: /;

interface Rewritten {
  readonly path: string;
  readonly rewritten: number;
}

/** Recorded expectations that a change rewrites: a few are for the reviewer to read, many prove nothing. */
export async function snapshots({
  base,
  head,
  changes,
  changed,
}: Pick<GateInput, "base" | "head" | "changes" | "changed">): Promise<Finding[]> {
  const files = changes.filter(
    ({ path, status, binary }) => status === "modified" && !binary && snapshotFile.test(path),
  );
  const counted = await Promise.all(
    files.map(async ({ path }): Promise<Rewritten> => {
      const hunks = hunksBetween((await base.read(path)) ?? "", (await head.read(path)) ?? "");
      // A file that is rewritten as a whole is one hunk.
      const entries = hunks.map(({ removed }) => removed.filter(({ text }) => entry.test(text)).length);
      const places = hunks.map(({ removed }, at) =>
        removed.length === 0 ? 0 : Math.max(1, entries[at] ?? 0),
      );
      return { path, rewritten: places.reduce((sum, count) => sum + count, 0) };
    }),
  );
  const inline = changed.files.map(rewrittenInside).filter((one) => one.rewritten > 0);
  const all = [...counted, ...inline].reduce((sum, one) => sum + one.rewritten, 0);
  return [
    ...deleted(head, changes),
    ...emptied(changed.files),
    ...rewritten(counted, all),
    // A few of them are read with their tests.
    ...(all > bulk ? rewritten(inline, all) : []),
  ];
}

/** How many inline snapshots of a file say something else than before. */
function rewrittenInside({ path, before, after }: TestFile): Rewritten {
  const [old, now] = [inlineSnapshots(before, path), inlineSnapshots(after, path)];
  const gone = without(old, now).length;
  return { path, rewritten: Math.min(gone, without(now, old).length) };
}

/** Those of `some` that are not among `others`, each of which counts once. */
function without(some: readonly InlineSnapshot[], others: readonly InlineSnapshot[]): InlineSnapshot[] {
  const left = new Map<string, number>();
  for (const { text } of others) left.set(text, (left.get(text) ?? 0) + 1);
  return some.filter(({ text }) => {
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count <= 0;
  });
}

/** Inline snapshots whose text is taken away: the next run records whatever comes. */
function emptied(files: readonly TestFile[]): Finding[] {
  return files.flatMap(({ path, before, after }): Finding[] => {
    const [old, now] = [inlineSnapshots(before, path), inlineSnapshots(after, path)];
    const empty = now.filter(({ text }) => text === "");
    const recorded = (all: readonly InlineSnapshot[]) => all.filter(({ text }) => text !== "").length;
    const isMore = empty.length > old.length - recorded(old) && recorded(now) < recorded(old);
    if (!isMore) return [];
    return [
      {
        ...{ gate: "snapshot-deleted", weight: "blocking", file: path },
        line: empty[0]?.line ?? null,
        reason,
      },
    ];
  });
}

const reason =
  "Recorded expectations are deleted while their test stays: the next run records whatever comes.";

/** What is recorded anew at the next run holds for whatever comes, where its test is still there. */
function deleted(head: GateInput["head"], changes: GateInput["changes"]): Finding[] {
  return changes
    .filter(({ path, status }) => status === "deleted" && snapshotFile.test(path))
    .filter(({ path }) => {
      const test = path
        .replace(/(__snapshots__|tap-snapshots)\//, "")
        .replace(/\.(snap|ambr|test\.cjs)$/, "");
      return head.paths.includes(test) || head.paths.includes(`${test}.py`);
    })
    .map(({ path }) => ({
      ...{ gate: "snapshot-deleted", weight: "blocking", file: path, line: null },
      reason,
    }));
}

function rewritten(counted: readonly Rewritten[], all: number): Finding[] {
  return counted
    .filter(({ rewritten }) => rewritten > 0)
    .map(({ path, rewritten }) => ({
      gate: "snapshot-rewritten",
      weight: all > bulk ? "blocking" : "remark",
      file: path,
      line: null,
      reason: `Recorded expectations are rewritten at ${rewritten === 1 ? "one place" : `${rewritten} places`}${all > bulk ? ", too many to be read one by one" : ""}.`,
    }));
}
