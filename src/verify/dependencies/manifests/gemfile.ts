import type { Dependency, Manifest } from "./manifest.ts";

const gem = /(?:^|[\s;{])gem[\s(]{1,9}["']([\w.-]+)["'](.*)$/;
const place = /\b(?:git|github|gist|bitbucket|path|source)(?::|["']?\s{0,9}=>)\s{0,9}["']([^"']{1,300})["']/;
const ofSpec = /\.add_(?:runtime_|development_)?dependency[\s(]{1,9}["']([\w.-]+)["']/;

/** `Gemfile` and gem specifications, as far as they name gems in plain text. */
export const gemfile: Manifest = {
  files: /(^|\/)(Gemfile|gems\.rb)$|\.gemspec$/,
  read: (text) =>
    text.split("\n").flatMap((line): Dependency[] => {
      const short = line.trim().slice(0, 2000);
      if (short.startsWith("#")) return [];
      const [, name = ofSpec.exec(short)?.[1], rest = ""] = gem.exec(short) ?? [];
      if (name === undefined) return [];
      const elsewhere = place.exec(rest)?.[1];
      return [{ ecosystem: "RubyGems", name, ...(elsewhere === undefined ? {} : { elsewhere }) }];
    }),
};
