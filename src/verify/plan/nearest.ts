import { extname } from "node:path";
import { lookInto } from "../look.ts";
import type { Runner, Toolchain } from "../toolchain.ts";
import { covers } from "./covers.ts";
import { folderOf, isBelow, relativeTo } from "./project-folders.ts";
import { type Found, isNode, type Survey } from "./survey.ts";

const javaScript = /\.([cm]?[jt]sx?|vue|svelte)$/i;
const jvm = /\.(java|kts?|groovy|scala)$/i;
const cFamily = /\.(c|cc|cpp|cxx|h|hh|hpp|hxx|inl|ipp)$/i;
const rust = /(\.rs|(^|\/)Cargo\.(toml|lock))$/i;
const languages: Readonly<Record<Runner, RegExp | null>> = {
  "node-test": javaScript,
  jest: javaScript,
  vitest: javaScript,
  mocha: javaScript,
  jasmine: javaScript,
  tap: javaScript,
  pytest: /\.pyi?$/i,
  unittest: /\.pyi?$/i,
  go: /(\.go|(^|\/)go\.(mod|sum|work))$/i,
  cargo: rust,
  nextest: rust,
  maven: jvm,
  gradle: jvm,
  ctest: cFamily,
  meson: cFamily,
  command: null,
};

/** Whether `file` is written in the language that a toolchain tests. */
export function speaks(toolchain: Toolchain, file: string): boolean {
  const { runner } = toolchain;
  if (runner === "command") return isNode(toolchain) && javaScript.test(file);
  return runner !== null && (languages[runner]?.test(file) ?? false);
}

/** Files that no test reads, as a rule. */
export function isProse(path: string): boolean {
  return /\.(md|mdx|rst|adoc)$|(^|\/)(LICEN[CS]E|CHANGELOG|AUTHORS)[^/]*$|^\.github\//i.test(path);
}

export interface Nearest {
  readonly found: readonly Found[];
  /** Files that no toolchain lies above. */
  readonly orphans: readonly string[];
}

/** For each of `files` the toolchain that tests it: the nearest above of its language, or one further up that covers that. */
export async function nearestTo(survey: Survey, files: readonly string[]): Promise<Nearest> {
  const found = new Map<string, Found>();
  const orphans: string[] = [];
  const asked = new Map<string, Promise<Found | null>>();
  for (const file of files) {
    const key = `${folderOf(file)}\0${extname(file) || file}`;
    const answer = asked.get(key) ?? nearest(survey, file);
    asked.set(key, answer);
    const one = await answer;
    if (one === null) orphans.push(file);
    else found.set(`${one.folder}\0${one.toolchain.name}`, one);
  }
  return { found: [...found.values()], orphans };
}

async function nearest(survey: Survey, file: string): Promise<Found | null> {
  const above = survey.folders.filter((folder) => isBelow(file, folder)).reverse();
  let one: Found | undefined;
  for (const folder of above) {
    const here = await survey.testing(folder);
    const speaking = here.find(({ toolchain }) => speaks(toolchain, file));
    one = speaking ?? one ?? here[0];
    if (speaking !== undefined) break;
  }
  return one === undefined ? null : await outermost(survey, one);
}

/** The one furthest up that runs the tests of `one` too; that itself, if there is none. */
export async function outermost(survey: Survey, one: Found): Promise<Found> {
  for (const folder of survey.folders.filter((path) => isBelow(one.folder, path))) {
    const place = { look: lookInto(survey.look, folder), folder: relativeTo(folder, one.folder) };
    for (const outer of await survey.testing(folder))
      if (await covers(outer.toolchain, one.toolchain, place)) return outer;
  }
  return one;
}
