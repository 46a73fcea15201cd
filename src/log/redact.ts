import { secretFormats } from "./secret-formats.ts";
import { secretForms } from "./secret-forms.ts";
import { viewsOf } from "./views.ts";

/** Takes secrets out of a text. Safe to apply twice. */
export interface Redact {
  (text: string): string;
  /** Whether a known secret is in the text; what only looks like a token does not count. */
  knows(text: string): boolean;
}

const mark = "[redacted]";
/** A run of this many characters of a known secret counts as the secret. */
const window = 12;
const word = /[A-Za-z0-9+/=_%.~:-]{12,}/g;

/**
 * One redaction for every text that leaves: known values, whole or in pieces of 12 characters, plain or as base64,
 * hex, URL encoding or reversed; and whatever has the format of a well-known token, by our own list or by secretlint's rules.
 */
export function createRedact(secrets: readonly string[]): Redact {
  const known = secrets.flatMap(lines);
  const pieces = new Set(known.flatMap(encodings).flatMap(windows));
  // What a person chose may hold any character; `word` sees only those of keys and encodings.
  const odd = known.flatMap((secret) => [secret, [...secret].reverse().join("")]).filter(isOdd);

  const markKnown = (text: string, hit: Uint8Array) => {
    for (const secret of odd) markPlaces(secret, text, hit);
    if (pieces.size === 0) return;
    for (const { 0: run, index } of text.matchAll(word)) {
      for (let i = 0; i + window <= run.length; i++)
        if (pieces.has(run.slice(i, i + window))) hit.fill(1, index + i, index + i + window);
    }
  };
  const hitsIn = (text: string): Uint8Array => {
    const hit = new Uint8Array(text.length);
    markKnown(text, hit);
    for (const format of secretFormats)
      for (const { 0: token, index } of text.matchAll(format)) hit.fill(1, index, index + token.length);
    for (const { start, end } of secretForms(text)) {
      // What is redacted in part already shows nothing more, e.g. an address without its password.
      if (!hit.subarray(start, end).includes(1)) hit.fill(1, start, end);
    }
    return hit;
  };

  const redact = (text: string): string => {
    const hit = hitsIn(text);
    // A secret split by what nobody sees is one too. What splits the rest stays: without it the rest could say something else.
    for (const view of viewsOf(text))
      for (const [start, end] of runsOf(hitsIn(view.text))) hit.fill(1, view.at(start), view.at(end - 1) + 1);
    return masked(text, hit);
  };
  const knows = (text: string) =>
    [text, ...viewsOf(text).map((view) => view.text)].some((seen) => {
      const hit = new Uint8Array(seen.length);
      markKnown(seen, hit);
      return hit.includes(1);
    });
  return Object.assign(redact, { knows });
}

function markPlaces(secret: string, text: string, hit: Uint8Array): void {
  for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + secret.length))
    hit.fill(1, at, at + secret.length);
}

function* runsOf(hit: Uint8Array): Generator<readonly [start: number, end: number]> {
  for (let start = hit.indexOf(1); start >= 0; ) {
    const end = hit.indexOf(0, start);
    yield [start, end < 0 ? hit.length : end];
    start = end < 0 ? -1 : hit.indexOf(1, end);
  }
}

function masked(text: string, hit: Uint8Array): string {
  let result = "";
  let at = 0;
  for (const [start, end] of runsOf(hit)) {
    result += `${text.slice(at, start)}${mark}`;
    at = end;
  }
  return `${result}${text.slice(at)}`;
}

const isOdd = (secret: string): boolean => /[^A-Za-z0-9+/=_%.~:-]/.test(secret);

/** A key file is secret line by line; short values would redact ordinary words. */
function lines(secret: string): string[] {
  return secret
    .split(/\r?\n|\\n/)
    .map((line) => line.trim())
    .filter((line) => line.length >= window && !/^-----[A-Z ]+-----$/.test(line));
}

function encodings(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  // A secret inside a longer base64 text may start at any of three positions.
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
    return text.slice(offset === 0 ? 0 : 4, -4);
  });
  const hex = bytes.toString("hex");
  return [
    secret,
    [...secret].reverse().join(""),
    encodeURIComponent(secret),
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
  ];
}

function windows(text: string): string[] {
  const count = Math.max(0, text.length - window + 1);
  return Array.from({ length: count }, (_, i) => text.slice(i, i + window));
}
