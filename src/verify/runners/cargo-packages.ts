import { dirname } from "node:path";

/** Prints what a workspace's manifests call themselves, as grep does, and its sources: cargo names files by their package alone. */
export const listCargoPackages = `
find . \\( -name target -o -name node_modules \\) -prune \\
  -o -name Cargo.toml -exec grep -HE '^name *=' {} + \\
  -o -name '*.rs' -print
`;

export interface CargoPackages {
  /** The folder of the package that a library or program belongs to; undefined where that is not known. */
  folderOf(crate: string): string | undefined;
  /** A path in the repository for one that is relative to its package. */
  pathOf(source: string, folder: string | undefined): string;
}

/** The packages of a checkout, by what `listCargoPackages` printed. */
export function packagesIn(listing: string): CargoPackages {
  const folders = new Map<string, string>();
  const sources = new Set<string>();
  for (const line of listing.split("\n")) {
    const [, manifest, name] = /^\.\/(.*Cargo\.toml):name\s*=\s*["']([^"']+)/.exec(line) ?? [];
    if (manifest === undefined || name === undefined) sources.add(line.replace(/^\.\//, ""));
    else folders.set(name.replaceAll("-", "_"), dirname(manifest));
  }
  return {
    folderOf: (crate) => folders.get(crate.replaceAll("-", "_")),
    pathOf: (source, folder = ".") => {
      const inPackage = folder === "." ? source : `${folder}/${source}`;
      if (sources.has(inPackage)) return inPackage;
      // Asked for some programs alone, cargo does not say of which package they are.
      const [only, ...others] = [...sources].filter((path) => path.endsWith(`/${source}`));
      return only === undefined || others.length > 0 || sources.has(source) ? source : only;
    },
  };
}
