import { existsSync } from "node:fs";
import { isAbsolute, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { mayBind } from "../../sandbox/private-places.ts";
import type { Mount } from "../../sandbox/sandbox.ts";

/**
 * The folders and files of this machine that the operator's variables for setup name, by path or `file://` address: what
 * points to packages or certificates is of no use without them. Nobody's home, nothing of the system's own, nor what the
 * controller keeps.
 */
export function namedPlaces(setupEnv: Readonly<Record<string, string>> = {}): Mount[] {
  const words = Object.values(setupEnv).flatMap((value) => value.split(/[\s,]+/));
  const places = words.flatMap((word) => pathOf(word) ?? []);
  return [...new Set(places)]
    .filter((place) => existsSync(place) && mayBind(place))
    .map((place) => ({ host: place, inside: place }));
}

function pathOf(word: string): string | null {
  if (isAbsolute(word)) return normalize(word).replace(/(.)\/$/, "$1");
  if (!word.startsWith("file://") || !URL.canParse(word)) return null;
  const { protocol, hostname, pathname } = new URL(word);
  if (hostname !== "" || /%2f/i.test(pathname)) return null;
  return pathOf(fileURLToPath(`${protocol}//${pathname}`));
}
