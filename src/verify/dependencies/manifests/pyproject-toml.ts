import { parse } from "smol-toml";
import { at, type Dependency, entriesOf, type Manifest, textIn, textsOf } from "./manifest.ts";
import { plainName, requirement } from "./requirement.ts";

/** `pyproject.toml` (also Poetry's, uv's and PDM's own sections) and `Pipfile`. */
export const pyprojectToml: Manifest = {
  files: /(^|\/)(pyproject\.toml|Pipfile)$/,
  read(text) {
    const toml = parse(text);
    const lists = [
      at(toml, "project", "dependencies"),
      at(toml, "build-system", "requires"),
      at(toml, "tool", "uv", "dev-dependencies"),
      ...[
        ["project", "optional-dependencies"],
        ["dependency-groups"],
        ["tool", "pdm", "dev-dependencies"],
      ].flatMap((way) => entriesOf(at(toml, ...way)).map(([, list]) => list)),
    ];
    const poetry = at(toml, "tool", "poetry");
    const tables = [
      ...[at(toml, "packages"), at(toml, "dev-packages")],
      ...[at(poetry, "dependencies"), at(poetry, "dev-dependencies")],
      ...entriesOf(at(poetry, "group")).map(([, group]) => at(group, "dependencies")),
    ];
    const sources = new Map(
      entriesOf(at(toml, "tool", "uv", "sources")).map(([name, source]) => [
        plainName(name),
        elsewhere(source),
      ]),
    );
    const written = lists.flatMap(textsOf).flatMap((one) => requirement(one) ?? []);
    return [
      ...written.map((one) => withSource(one, sources.get(one.name) ?? null)),
      ...tables.flatMap(entriesOf).flatMap(([name, spec]) => fromTable(name, spec)),
    ];
  },
};

function fromTable(name: string, spec: unknown): Dependency[] {
  if (name === "python") return [];
  const variants = Array.isArray(spec) ? spec : [spec];
  return variants.map((one) => withSource({ ecosystem: "PyPI", name: plainName(name) }, elsewhere(one)));
}

/** The place that a table names instead of a registry, or a registry of its own. */
function elsewhere(spec: unknown): string | null {
  const lists = Array.isArray(spec) ? spec : [spec];
  const found = lists.map((one) => textIn(one, "git", "url", "path", "file", "index", "source"));
  if (lists.some((one) => at(one, "workspace") === true)) return "this workspace";
  return found.find((place) => place !== null) ?? null;
}

const withSource = (found: Dependency, place: string | null): Dependency =>
  place === null ? found : { ...found, elsewhere: place };
