import { plain } from "../log/plain.ts";
import type { Finding } from "../verify/types.ts";

const levels = { high: "failure", medium: "warning", low: "notice" } as const;
const order = ["failure", "warning", "notice"];

/** What gates and review remark on lines that are there, the gravest first. `exists`: whether the change has such a file. */
export function findingAnnotations(findings: readonly Finding[], exists: (path: string) => boolean) {
  return findings
    .flatMap(({ weight, file, line, endLine, reason, review }) => {
      if (line === null || !exists(file)) return [];
      const level = weight === "blocking" ? "failure" : levels[review?.severity ?? "low"];
      const end = endLine === undefined || endLine < line ? {} : { endLine };
      return [{ path: file, line, ...end, level, message: plain(reason).slice(0, 1000) }];
    })
    .toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}
