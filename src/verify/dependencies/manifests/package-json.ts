import { at, type Dependency, entriesOf, type Manifest } from "./manifest.ts";

const sections = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];
/** Sections that put another package in the place of one. */
const replacing = [["overrides"], ["resolutions"], ["pnpm", "overrides"]];
const address = /^(git|github|gitlab|bitbucket|gist|https?|ssh|file|link|portal|workspace)[+:]|^[.~/]|^git@/i;
// What stands for a repository on GitHub: owner/name, with or without a branch.
const shorthand = /^[\w.-]+\/[\w.-]+(#.*)?$/;

/** `package.json`: npm, pnpm, Yarn and Bun. */
export const packageJson: Manifest = {
  files: /(^|\/)package\.json$/,
  read(text) {
    const manifest: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    const asked = sections.flatMap((section) => entriesOf(at(manifest, section)));
    const replaced = replacing
      .flatMap((way) => leavesOf(at(manifest, ...way)))
      .filter(([, spec]) => isOther(spec));
    return [...asked, ...replaced].flatMap(([name, spec]) =>
      typeof spec === "string" ? [of(name, spec)] : [],
    );
  },
};

function of(name: string, spec: string): Dependency {
  const ecosystem = "npm";
  const text = spec.trim();
  if (text.startsWith("npm:")) {
    const version = text.indexOf("@", "npm:@".length);
    return { ecosystem, name: text.slice("npm:".length, version < 0 ? undefined : version) };
  }
  return isAddress(text) ? { ecosystem, name, elsewhere: text } : { ecosystem, name };
}

const isAddress = (spec: string) => address.test(spec) || shorthand.test(spec);
const isOther = (spec: unknown) => typeof spec === "string" && (spec.startsWith("npm:") || isAddress(spec));

function leavesOf(value: unknown, deep = 0): [string, unknown][] {
  if (deep > 10) return [];
  return entriesOf(value).flatMap(([name, inner]) =>
    typeof inner === "string" ? [[name, inner]] : leavesOf(inner, deep + 1),
  );
}
