import { plain } from "../log/plain.ts";
import type { Finding } from "../verify/types.ts";

const levels = { high: "failure", medium: "warning", low: "notice" } as const;
const lintLevels = { error: "warning", warning: "notice" } as const;
const order = ["failure", "warning", "notice"];

/** What gates, review and linters remark on lines that are there, the gravest first. `exists`: whether the change has such a file. */
export function findingAnnotations(findings: readonly Finding[], exists: (path: string) => boolean) {
  return findings
    .flatMap(({ weight, file, line, endLine, reason, review, lint }) => {
      if (line === null || !exists(file)) return [];
      const remark = lint === undefined ? levels[review?.severity ?? "low"] : lintLevels[lint.severity];
      const level = weight === "blocking" ? "failure" : remark;
      const end = endLine === undefined || endLine < line ? {} : { endLine };
      return [{ path: file, line, ...end, level, message: plain(reason).slice(0, 1000) }];
    })
    .toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
}
