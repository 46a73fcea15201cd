import type { Dependency, Ecosystem } from "./manifests/manifest.ts";
import { popular } from "./popular/index.ts";

export interface NearName {
  /** The name that it is like. */
  readonly like: string;
  /** What it differs in. */
  readonly how: string;
  /** Where the other name is known from. */
  readonly from: "popular" | "base";
}

/** Below this, names are one edit apart by chance. */
const shortest = 4;
const longest = 120;

/**
 * The well-known package, or the dependency of the base, that `name` could be taken for: one edit away, or the same but for
 * what people mix up. null: none, or it is one of them itself.
 */
export function nearName({ ecosystem, name }: Dependency, known: readonly Dependency[]): NearName | null {
  const famous = popular[ecosystem];
  const own = new Set(known.filter((one) => one.ecosystem === ecosystem).map((one) => one.name));
  if (famous.has(name) || own.has(name) || name.length > longest) return null;
  for (const [names, from] of [
    [famous, "popular"],
    [own, "base"],
  ] as const)
    for (const like of names) {
      const how = likeness(ecosystem, name.toLowerCase(), like.toLowerCase());
      if (how !== null) return { like, how, from };
    }
  return null;
}

/** What two different names differ in, in words that follow "but for"; null: in more than people mix up. */
function likeness(ecosystem: Ecosystem, name: string, like: string): string | null {
  if (Math.min(name.length, like.length) < shortest) return null;
  if (squashed(name) === squashed(like)) return "capitals, dashes and the like";
  if (bare(name) === bare(like)) return "a usual beginning or ending";
  if (Math.abs(name.length - like.length) > 1 && single(name) !== single(like)) return null;
  // Another major version of a module has a name of its own.
  if (ecosystem === "Go" && name.replace(/\/v\d+$/, "") === like.replace(/\/v\d+$/, "")) return null;
  if (single(name) === single(like)) return "a doubled letter";
  return oneEdit(name, like);
}

const squashed = (name: string) => name.replace(/[-_./@]/g, "");
const single = (name: string) => name.replace(/(.)\1+/g, "$1");
/** Without what stands for a language. */
const bare = (name: string) =>
  name
    .replace(/^(node|js|python|py|go|rust)[-_.]/, "")
    .replace(/([-_.](js|node|py|python|rs|rust|go)|(?<=\w\w\w)js)$/, "");

/** What makes `b` of `a`, if one letter more, less or other does, or two swapped. */
function oneEdit(a: string, b: string): string | null {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  const [moreA, moreB] = [restA.slice(1), restB.slice(1)];
  if (moreA === moreB || restA === moreB || moreA === restB) return "one letter";
  const swapped = restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
  return swapped ? "the order of two letters" : null;
}
