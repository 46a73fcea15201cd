import type { Finding } from "../types.ts";
import type { GateInput } from "./gate.ts";
import { hunksBetween } from "./hunks.ts";

/** So many rewritten expectations nobody reads one by one. */
const bulk = 10;

const snapshotFile = /(\.snap|\.ambr|\.snapshot)$|(^|\/)__snapshots__\//;

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
