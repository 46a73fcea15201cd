import type { Finding } from "../verify/types.ts";

/** Why a file's added lines were not looked at. */
export type Unread = "too-large" | "generated" | "too-slow" | "unreadable" | "no-rules" | "too-many";

const reasons: Record<Unread, string> = {
  "too-large": "it has more than 1 MB",
  generated: "a program wrote or packed it",
  "too-slow": "reading it took too long",
  unreadable: "it could not be parsed",
  "no-rules": "there are no rules for its language",
  "too-many": "the review ends after 500 files or 10 MB of code",
};

/** One remark for each reason, at the first file that it holds for. */
export function unreadFindings(
  unread: readonly { readonly file: string; readonly why: Unread }[],
): Finding[] {
  return [...Map.groupBy(unread, ({ why }) => why)].map(([why, files]) => {
    const others = files.length > 1 ? ` The same holds for ${files.length - 1} more.` : "";
    const reason = `Not reviewed: ${reasons[why]}.${others}`;
    return { gate: "not-reviewed", weight: "remark", file: files[0]?.file ?? "", line: null, reason };
  });
}
