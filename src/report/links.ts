import { code } from "./inert.ts";

/** Where a published change can be read: GitHub's address of the repository, and the two commits. */
export interface Links {
  /** e.g. `https://github.com/acme/shop`. */
  readonly repository: string;
  readonly base: string;
  readonly head: string;
}

/** Lines of a file at one side of a change. */
export interface Place {
  readonly file: string;
  readonly line: number | null;
  readonly endLine?: number;
  /** Default: the change itself; lines that it deletes are only at its base. */
  readonly side?: "base" | "head";
}

// GitHub shows these as pages without lines, unless it is asked not to.
const shownAsPage = /\.(md|markdown|mdx|mdown|rst|adoc|asciidoc|org|textile|ipynb|svg|geojson|csv|tsv)$/i;
const longestAddress = 600;

/** A place as code, and as a link to its lines where it was published. */
export function placeLink(place: Place, links: Links | null): string {
  const { file, line, endLine } = place;
  const to = line !== null && endLine !== undefined && endLine > line ? `–${endLine}` : "";
  const shown = code(line === null ? file : `${file}:${line}${to}`);
  const address = links === null || file === "" ? null : addressOf(place, links);
  return address === null || shown === "" ? shown : `[${shown}](${address})`;
}

function addressOf({ file, line, endLine, side = "head" }: Place, links: Links): string | null {
  // No path of a repository, and a browser would go up to somebody else's.
  if (/(^|\/)\.{0,2}(\/|$)/.test(file)) return null;
  const path = file
    .toWellFormed()
    .split("/")
    .map((name) =>
      encodeURIComponent(name).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`),
    )
    .join("/");
  const to = line !== null && endLine !== undefined && endLine > line ? `-L${endLine}` : "";
  const lines = line === null ? "" : `${shownAsPage.test(file) ? "?plain=1" : ""}#L${line}${to}`;
  const address = `${links.repository}/blob/${links[side]}/${path}${lines}`;
  return /^https?:\/\/[^\s<>()[\]"\\`]+$/.test(address) && address.length <= longestAddress ? address : null;
}
