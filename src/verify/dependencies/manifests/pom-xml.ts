import { parseXml } from "../../runners/xml.ts";
import { type Dependency, entriesOf, type Manifest, textIn } from "./manifest.ts";

const elements = new Set(["dependency", "plugin", "extension", "parent"]);

/** `pom.xml`: dependencies, plugins, extensions and the parent, wherever they stand. */
export const pomXml: Manifest = {
  files: /(^|\/)pom\.xml$/,
  read: (text) => inside(parseXml(text)),
};

function inside(value: unknown): Dependency[] {
  if (Array.isArray(value)) return value.flatMap(inside);
  return entriesOf(value).flatMap(([key, inner]) => [
    ...(elements.has(key) ? [inner].flat().flatMap((one) => of(one, key)) : []),
    ...inside(inner),
  ]);
}

function of(element: unknown, kind: string): Dependency[] {
  const artifact = textIn(element, "artifactId");
  const group = textIn(element, "groupId") ?? (kind === "plugin" ? "org.apache.maven.plugins" : null);
  if (artifact === null || group === null) return [];
  return [{ ecosystem: "Maven", name: `${group.trim()}:${artifact.trim()}` }];
}
