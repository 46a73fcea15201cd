import type { Ecosystem } from "../manifests/manifest.ts";
import { cargo } from "./cargo.ts";
import { go } from "./go.ts";
import { npm } from "./npm.ts";
import { composer, maven, rubygems } from "./others.ts";
import { pypi } from "./pypi.ts";

const names = (text: string) => new Set(text.trim().split(/\s+/));

/**
 * Names that many projects depend on, and that others are therefore made to look like. Written down by hand, in no order:
 * it is neither complete nor a list of what is safe, and to be missing here says nothing.
 */
export const popular: Readonly<Record<Ecosystem, ReadonlySet<string>>> = {
  npm: names(npm),
  PyPI: names(pypi),
  Go: names(go),
  Cargo: names(cargo),
  Maven: names(maven),
  Composer: names(composer),
  RubyGems: names(rubygems),
};
