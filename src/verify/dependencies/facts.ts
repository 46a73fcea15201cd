import type { NearName } from "./near-names.ts";
import type { Answer } from "./registries/registry.ts";

/** Days below which a package counts as young. */
export const youngDays = 30;

/** Whole days since a date. */
export function daysSince(date: Date): number {
  return Math.max(0, Math.floor((Date.now() - date.getTime()) / 86_400_000));
}

/** What a registry knows of a package, as the end of a sentence. */
export function factsOf(answer: Extract<Answer, { kind: "exists" }>): string {
  const { firstPublished, latest, licence, downloads, note } = answer;
  const facts = [
    firstPublished === null ? "age not known" : `first published ${ago(daysSince(firstPublished))}`,
    latest === null ? "latest version not known" : `latest version ${latest}`,
    licence === null ? "licence not known" : `licence ${licence}`,
    downloads === null ? "downloads not known" : `${downloads.toLocaleString("en")} downloads`,
    ...(note === undefined ? [] : [note]),
  ];
  return facts.join(", ");
}

function ago(days: number): string {
  if (days < 1) return "today";
  if (days < 2 * youngDays) return `${days} ${days === 1 ? "day" : "days"} ago`;
  const months = Math.floor(days / 30.44);
  return months < 24 ? `${months} months ago` : `${Math.floor(days / 365.25)} years ago`;
}

/** A sentence of its own, or nothing. */
export function nearSentence(near: NearName | null): string {
  if (near === null) return "";
  const whose = near.from === "popular" ? "a well-known package" : "a package that was there before";
  return ` Its name is that of ${quoted(near.like)}, ${whose}, but for ${near.how}.`;
}

/** A name as it is shown, whatever is in it. */
export const quoted = (name: string) => JSON.stringify(name.slice(0, 80));
