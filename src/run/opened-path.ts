import { type Finding, protectedPath } from "../verify/types.ts";

/** Said first of all: what it changes there runs or decides outside of any test. */
export function openedPath(file: string): Finding {
  const reason =
    "A protected path, which this repository's configuration lets a draft change. Read it before all else.";
  return { gate: protectedPath, weight: "remark", file, line: null, reason };
}
