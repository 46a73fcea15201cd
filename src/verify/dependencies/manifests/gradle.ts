import { parse } from "smol-toml";
import { at, type Dependency, entriesOf, type Manifest, textIn } from "./manifest.ts";

const coordinates = /["']([\w.-]{1,200}):([\w.-]{1,200})(?::[^"']{0,200})?["']/g;
const named =
  /group\s{0,9}[:=]\s{0,9}["']([\w.-]+)["']\s{0,9},\s{0,9}name\s{0,9}[:=]\s{0,9}["']([\w.-]+)["']/g;
const plugin = /(?:^|[\s;{(])id\s{0,9}\(?\s{0,9}["']([\w.-]+)["']/g;
const longestLine = 2000;

/** Gradle's build files, as far as they name packages in plain text. */
export const gradleBuild: Manifest = {
  files: /\.gradle(\.kts)?$/,
  read: (text) =>
    text
      .split("\n")
      .map((line) => line.slice(0, longestLine))
      .filter((line) => !/^\s*(\/\/|\*)/.test(line))
      .flatMap((line) => [
        ...[...line.matchAll(coordinates), ...line.matchAll(named)].map(([, group, name]) =>
          of(`${group}:${name}`),
        ),
        ...[...line.matchAll(plugin)].map(([, id]) => pluginOf(id ?? "")),
      ])
      .filter(isForeign),
};

/** Gradle's catalogues of versions. */
export const gradleCatalogue: Manifest = {
  files: /\.versions\.toml$/,
  read(text) {
    const toml = parse(text);
    const libraries = entriesOf(at(toml, "libraries")).flatMap(([, one]) => {
      const module = typeof one === "string" ? one : textIn(one, "module");
      const pair = module?.split(":") ?? [textIn(one, "group") ?? "", textIn(one, "name") ?? ""];
      return of(pair.slice(0, 2).join(":"));
    });
    const plugins = entriesOf(at(toml, "plugins")).flatMap(([, one]) => {
      const id = typeof one === "string" ? one.split(":")[0] : textIn(one, "id");
      return id ? [pluginOf(id)] : [];
    });
    return [...libraries, ...plugins];
  },
};

const of = (name: string): Dependency => ({ ecosystem: "Maven", name });
/** Under the name that the package of a plugin has. */
const pluginOf = (id: string): Dependency => of(`${id}:${id}.gradle.plugin`);
/** Not one of Gradle's own plugins, which have no dot, nor a project of the build (`":core"`). */
const isForeign = ({ name }: Dependency) => !/^[^.:]+:[^.:]+\.gradle\.plugin$/.test(name);
