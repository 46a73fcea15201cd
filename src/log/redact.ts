import { secretFormats } from "./secret-formats.ts";
import { secretForms } from "./secret-forms.ts";

/** Takes secrets out of a text. Safe to apply twice. */
export interface Redact {
  (text: string): string;
  /** Whether a known secret is in the text; what only looks like a token does not count. */
  knows(text: string): boolean;
}

const mark = "[redacted]";
/** A run of this many characters of a known secret counts as the secret. */
const window = 12;
const invisible = /[\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g;
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

  const knownIn = (run: string): string => {
    if (pieces.size === 0) return run;
    const hit = new Uint8Array(run.length);
    for (let i = 0; i + window <= run.length; i++) {
      if (pieces.has(run.slice(i, i + window))) hit.fill(1, i, i + window);
    }
    return hit.includes(1) ? maskRuns(run, hit) : run;
  };

  const withoutKnown = (text: string): string =>
    odd.reduce((rest, secret) => rest.replaceAll(secret, mark), text).replace(word, knownIn);

  const clean = (text: string): string => {
    let result = withoutKnown(text);
    for (const format of secretFormats) result = result.replace(format, mark);
    return withoutForms(result);
  };

  const redact = (text: string): string => {
    const visible = text.replace(invisible, "");
    // A secret split by characters that nobody sees is still a secret.
    if (visible !== text && clean(visible) !== visible && clean(text) === text) return clean(visible);
    return clean(text);
  };
  const knows = (text: string) => {
    const visible = text.replace(invisible, "");
    return withoutKnown(visible) !== visible;
  };
  return Object.assign(redact, { knows });
}

function withoutForms(text: string): string {
  let result = "";
  let at = 0;
  for (const { start, end } of secretForms(text)) {
    // What is redacted in part already shows nothing more, e.g. an address without its password.
    if (start < at || text.slice(start, end).includes(mark)) continue;
    result += `${text.slice(at, start)}${mark}`;
    at = end;
  }
  return `${result}${text.slice(at)}`;
}

const isOdd = (secret: string): boolean => /[^A-Za-z0-9+/=_%.~:-]/.test(secret);

function maskRuns(run: string, hit: Uint8Array): string {
  let result = "";
  for (let i = 0; i < run.length; i++) {
    if (hit[i] === 0) result += run[i];
    else if (i === 0 || hit[i - 1] === 0) result += mark;
  }
  return result;
}

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
