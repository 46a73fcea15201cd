import type { Verdict } from "../../verify/types.ts";
import { count, money } from "../figures.ts";
import { verdictName } from "../sentences.ts";

/** What the table says of an attempt. */
export interface AttemptRow {
  readonly number: number;
  readonly commit: string;
  readonly base: string;
  /** The commit that it is on top of, where that is not its base. */
  readonly revises: string | null;
  readonly verdict: Verdict;
  readonly usd: number | null;
  readonly size: { readonly files: number; readonly added: number; readonly removed: number };
}

export interface AttemptTable {
  readonly shown: number;
  /** e.g. `https://github.com/acme/shop`. */
  readonly repositoryUrl: string;
}

/** A pull request's text, and below it each attempt with its verdict, price, size and where to read it, once there are two. */
export function withAttempts(
  text: string,
  attempts: readonly AttemptRow[],
  { shown, repositoryUrl }: AttemptTable,
): string {
  if (attempts.length < 2) return text;
  const rows = attempts.map(({ number, commit, base, revises, verdict, usd, size }) => {
    const name = number === shown ? `**${number}**` : String(number);
    const lines = `+${size.added} −${size.removed} in ${count(size.files, "file")}`;
    const link = `[compare](${repositoryUrl}/compare/${base}...${commit})`;
    const since =
      revises === null ? "" : ` · [its own commit](${repositoryUrl}/compare/${revises}...${commit})`;
    return `| ${name} | ${verdictName[verdict]} | ${money(usd)} | ${lines} | ${link}${since} |`;
  });
  const other = attempts.findLast(({ number }) => number !== shown)?.number ?? shown;
  const table = [
    `This is attempt ${shown} of ${attempts.length}. All are kept: comment \`/use ${other}\` to have another one shown.`,
    ["| attempt | verdict | cost | size | |", "|---|---|---|---|---|", ...rows].join("\n"),
  ].join("\n\n");
  return `${text}\n\n${table}`;
}
