import { parse } from "smol-toml";
import type { Look } from "../look.ts";
import { parseXml } from "../runners/xml.ts";
import { at, type Ecosystem, textIn } from "./manifests/manifest.ts";
import { plainName } from "./manifests/requirement.ts";

const maxManifests = 300;

const readers: readonly {
  readonly ecosystem: Ecosystem;
  readonly files: RegExp;
  name(text: string): string | null;
}[] = [
  {
    ecosystem: "npm",
    files: /(^|\/)package\.json$/,
    name: (text) => textIn(JSON.parse(text), "name"),
  },
  {
    ecosystem: "PyPI",
    files: /(^|\/)pyproject\.toml$/,
    name(text) {
      const toml = parse(text);
      const name = textIn(at(toml, "project"), "name") ?? textIn(at(toml, "tool", "poetry"), "name");
      return name === null ? null : plainName(name);
    },
  },
  {
    ecosystem: "Go",
    files: /(^|\/)go\.mod$/,
    name: (text) => /^module\s+"?([^\s"]+)/m.exec(text)?.[1] ?? null,
  },
  {
    ecosystem: "Cargo",
    files: /(^|\/)Cargo\.toml$/,
    name: (text) => textIn(at(parse(text), "package"), "name"),
  },
  {
    ecosystem: "Maven",
    files: /(^|\/)pom\.xml$/,
    name(text) {
      const project = at(parseXml(text), "project");
      const group = textIn(project, "groupId") ?? textIn(at(project, "parent"), "groupId");
      const artifact = textIn(project, "artifactId");
      return group === null || artifact === null ? null : `${group.trim()}:${artifact.trim()}`;
    },
  },
  {
    ecosystem: "Composer",
    files: /(^|\/)composer\.json$/,
    name: (text) => textIn(JSON.parse(text), "name")?.toLowerCase() ?? null,
  },
  {
    ecosystem: "RubyGems",
    files: /\.gemspec$/,
    name: (text) => /\.name\s*=\s*["']([\w.-]+)["']/.exec(text)?.[1] ?? null,
  },
];

/** Where the repository has a package of its own under a name: `npm @acme/sums` → `packages/sums/package.json`. */
export async function ownNames(look: Look): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const mine = (path: string) => readers.find(({ files }) => files.test(path));
  for (const path of look.paths.filter(mine).slice(0, maxManifests)) {
    const reader = mine(path);
    const name = reader === undefined ? null : nameIn(reader.name, (await look.read(path)) ?? "");
    if (reader !== undefined && name !== null) found.set(`${reader.ecosystem} ${name}`, path);
  }
  return found;
}

function nameIn(read: (text: string) => string | null, text: string): string | null {
  try {
    return read(text);
  } catch {
    return null; // not of its format: it names nothing
  }
}
