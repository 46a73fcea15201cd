import type { Desk } from "./desk.ts";

/** What a registry says of a package by its name. Its texts are a stranger's. */
export type Answer =
  | {
      readonly kind: "exists";
      /** null: not known, as are the others. */
      readonly firstPublished: Date | null;
      readonly latest: string | null;
      readonly licence: string | null;
      readonly downloads: number | null;
      /** What it says against the package: deprecated, in quarantine, no release. */
      readonly note?: string;
    }
  | { readonly kind: "unknown" }
  /** Held by the registry in place of a package that it took down. */
  | { readonly kind: "taken-down" }
  | { readonly kind: "unchecked"; readonly why: string };

/** `file`: the manifest that asks for it. */
export type Ask = (name: string, file: string) => Promise<Answer>;

/** The registry that an ecosystem's own client uses. */
export interface Registry {
  /** What a name has to look like; no other is ever given to a command. */
  readonly syntax: RegExp;
  /** Finds out from the client where to ask. */
  open(desk: Desk): Promise<Ask>;
}

export const unchecked = (why: string): Answer => ({ kind: "unchecked", why });

/** Every name gets the same answer. */
export const always =
  (answer: Answer): Ask =>
  async () =>
    answer;

/** A date that is one, and not of a future or of a time before there were registries. */
export function dateOf(text: string | null | undefined): Date | null {
  const date = new Date(text ?? "");
  const year = Number.isNaN(date.getTime()) ? 0 : date.getUTCFullYear();
  return year >= 1990 && date.getTime() <= Date.now() + 86_400_000 ? date : null;
}

/** The earliest of some dates. */
export function earliest(texts: readonly (string | null | undefined)[]): Date | null {
  const dates = texts.flatMap((text) => dateOf(text) ?? []);
  return dates.reduce<Date | null>((first, date) => (first === null || date < first ? date : first), null);
}

/** A short text in one line, or null. */
export function short(text: unknown, longest = 40): string | null {
  if (typeof text !== "string") return null;
  const line = text.replace(/\s+/g, " ").trim();
  return line === "" || line.length > longest ? null : line;
}

/** A text as JSON; undefined where it is none. */
export function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
