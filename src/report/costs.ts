import type { Account, Closed, Costs } from "../job/ledger.ts";
import { count, money } from "./figures.ts";

/** One line of what a closed pull request cost; null where it is none of ours. */
export function closedLine({ repository, number, merged }: Closed, account: Account | null): string | null {
  if (account === null) return null;
  const { owner, repo } = repository;
  const runs = `${count(account.runs, "run")} of its issue cost ${money(account.usd)}`;
  return `${owner}/${repo}#${number}: ${merged ? "merged" : "closed without being merged"}; ${runs}`;
}

const head = ["month", "repository", "runs", "cost", "drafts", "each", "merged", "each"];

/** The costs as a table for a screen: all that was spent, by draft and by draft that was merged. */
export function costsTable(costs: readonly Costs[]): string {
  if (costs.length === 0) return "No run has been paid for yet.";
  // A sum that leaves runs out is nobody's price.
  const each = ({ usd, unpriced }: Costs, of: number) => (of === 0 || unpriced > 0 ? "–" : money(usd / of));
  const rows = costs.map((row) =>
    [
      ...[row.month, row.repository, row.runs, cost(row), row.pullRequests, each(row, row.pullRequests)],
      ...[row.merged, each(row, row.merged)],
    ].map(String),
  );
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function cost({ runs, usd, unpriced }: Costs): string {
  if (unpriced === 0) return money(usd);
  return unpriced === runs ? money(null) : `${money(usd)} + ${unpriced} unpriced`;
}
