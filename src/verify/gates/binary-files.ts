import type { Finding } from "../types.ts";
import type { GateInput } from "./gate.ts";

/** Files that a person cannot review as text. */
export function binaryFiles({ changes }: Pick<GateInput, "changes">): Finding[] {
  return changes
    .filter(({ binary, status }) => binary && status !== "deleted")
    .map(({ path }) => ({
      gate: "binary-file",
      weight: "remark",
      file: path,
      line: null,
      reason: "Its content cannot be read as text.",
    }));
}
