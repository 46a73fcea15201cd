import type { SeenText } from "../../context/seen.ts";
import { count } from "../figures.ts";
import { cell } from "../inert.ts";
import type { PullRequestReport } from "./report.ts";

/** What the model was given to read: which text, by whom, how long, and what was taken out of it before. */
export function manifest({ draft, base, requestedBy }: PullRequestReport): { head: string; rows: string[] } {
  const commit = cell(base.commit.slice(0, 12));
  const nameOf = ({ kind, where }: SeenText) => {
    if (kind === "instructions") return `${cell(where)} at ${commit}`;
    if (kind === "files") return `${where} at ${commit}`;
    return kind === "remark" ? cell(where) : where;
  };
  const byOf = ({ kind, by }: SeenText) => {
    if (kind === "guidance") return requestedBy === null ? "nobody" : cell(requestedBy);
    if (kind === "attempt") return "firstdraft";
    return by === null ? "the repository" : cell(by);
  };
  const rows = draft.seen.map(
    (text) => `| ${nameOf(text)} | ${byOf(text)} | ${text.characters} | ${removedOf(text) || "nothing"} |`,
  );
  return { head: `${besides}\n\n| text | by | characters | removed |\n|---|---|---|---|`, rows };
}

const besides =
  "Besides these: firstdraft's own instructions, and what the model read and ran with its tools, which is in the run's journal.";

function removedOf({ removed, cut }: SeenText): string {
  const hidden = removed.map(({ kind, count: times }) => `${kind} (${times})`);
  return [...hidden, ...(cut > 0 ? [`${count(cut, "character")} too many`] : [])].join(", ");
}
