import { isAllRead, isGreen, isOurs, type ShownChecks } from "./pull-request/checks.ts";

/** How the checks of a draft stand, in a word or a few, for where its pull request is only linked. */
export function checksWord(shown: Pick<ShownChecks, "checks" | "rounds" | "unread" | "cut">): string {
  const { checks, rounds } = shown;
  const has = (word: ShownChecks["checks"][number]["word"]) => checks.some((check) => check.word === word);
  if (checks.length === 0) return isAllRead(shown) ? "none" : "none could be read";
  if (has("waiting")) return "not all ended";
  if (checks.some(({ word }) => isOurs(word)))
    return rounds.most === 0 ? "red" : `red, ${rounds.made} of at most ${rounds.most} corrections made`;
  if (has("flaky, red now")) return "flaky, and red now";
  if (has("red at the base as well")) return "red at the base as well";
  if (has("stopped")) return "not all ended";
  if (!isAllRead(shown)) return "not all read";
  return isGreen(shown) ? "green" : "none passed";
}

const start = "**Checks**: ";

/** The word while checks of a new head are waited for. */
export const waiting = "waiting";

/** Our comment's text with that word right below the link to this draft; null where it is not about this draft. */
export function withChecksWord(text: string, pullRequest: number, word: string): string | null {
  const [link = "", ...rest] = text.split("\n\n");
  if (!new RegExp(`^\\*\\*Draft\\*\\*: #${pullRequest}\\b`).test(link)) return null;
  const others = rest[0]?.startsWith(start) ? rest.slice(1) : rest;
  return [link, `${start}${word}.`, ...others].join("\n\n");
}
