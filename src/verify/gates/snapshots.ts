import type { Finding } from "../types.ts";
import type { GateInput } from "./gate.ts";
import { hunksBetween } from "./hunks.ts";

/** So many rewritten expectations nobody reads one by one. */
const bulk = 10;

const snapshotFile = /(\.snap|\.ambr|\.snapshot)$|(^|\/)__snapshots__\//;

/** Whether a file holds recorded expectations. */
export const isSnapshot = (path: string): boolean => snapshotFile.test(path);

/** Recorded expectations that a change rewrites: a few are for the reviewer to read, many prove nothing. */
export async function snapshots({
  base,
  head,
  changes,
}: Pick<GateInput, "base" | "head" | "changes">): Promise<Finding[]> {
  const files = changes.filter(
    ({ path, status, binary }) => status === "modified" && !binary && snapshotFile.test(path),
  );
  const counted = await Promise.all(
    files.map(async ({ path }) => {
      const hunks = hunksBetween((await base.read(path)) ?? "", (await head.read(path)) ?? "");
      return { path, rewritten: hunks.filter(({ removed }) => removed.length > 0).length };
    }),
  );
  const all = counted.reduce((sum, { rewritten }) => sum + rewritten, 0);
  return [...deleted(head, changes), ...rewritten(counted, all)];
}

/** What is recorded anew at the next run holds for whatever comes, where its test is still there. */
function deleted(head: GateInput["head"], changes: GateInput["changes"]): Finding[] {
  return changes
    .filter(({ path, status }) => status === "deleted" && snapshotFile.test(path))
    .filter(({ path }) => {
      const test = path.replace(/__snapshots__\//, "").replace(/\.(snap|ambr)$/, "");
      return head.paths.includes(test) || head.paths.includes(`${test}.py`);
    })
    .map(({ path }) => ({
      ...{ gate: "snapshot-deleted", weight: "blocking", file: path, line: null },
      reason:
        "Recorded expectations are deleted while their test stays: the next run records whatever comes.",
    }));
}

function rewritten(counted: readonly { path: string; rewritten: number }[], all: number): Finding[] {
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
