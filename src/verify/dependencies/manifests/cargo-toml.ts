import { parse } from "smol-toml";
import { at, type Dependency, entriesOf, type Manifest, textIn } from "./manifest.ts";

const sections = [
  "dependencies",
  ...["dev-dependencies", "dev_dependencies"],
  ...["build-dependencies", "build_dependencies"],
];

/** `Cargo.toml`, of a package or a workspace. */
export const cargoToml: Manifest = {
  files: /(^|\/)Cargo\.toml$/,
  read(text) {
    const toml = parse(text);
    const places = [
      toml,
      at(toml, "workspace"),
      ...entriesOf(at(toml, "target")).map(([, target]) => target),
    ];
    const tables = places.flatMap((place) => sections.map((section) => at(place, section)));
    // Puts other code in the place of a package.
    const patches = [...entriesOf(at(toml, "patch")).map(([, patch]) => patch), at(toml, "replace")];
    return [...tables, ...patches].flatMap(entriesOf).flatMap(([name, spec]) => of(name, spec));
  },
};

function of(key: string, spec: unknown): Dependency[] {
  // Its workspace says the rest, in a manifest of its own.
  if (at(spec, "workspace") === true) return [];
  const name = textIn(spec, "package") ?? key;
  const elsewhere = textIn(spec, "git", "path", "registry", "registry-index");
  return [elsewhere === null ? { ecosystem: "Cargo", name } : { ecosystem: "Cargo", name, elsewhere }];
}
