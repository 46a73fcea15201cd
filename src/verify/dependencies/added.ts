import type { FileChange } from "../../workspace/types.ts";
import type { Look } from "../look.ts";
import { isManifest, readManifest } from "./manifests/index.ts";
import type { Dependency } from "./manifests/manifest.ts";
import { plainName } from "./manifests/requirement.ts";

/** A package that no manifest asked for before the change, and where the change asks for it. */
export interface Added extends Dependency {
  readonly file: string;
  /** null: it is not on a line of its own. */
  readonly line: number | null;
}

export interface AddedDependencies {
  readonly added: readonly Added[];
  /** What the base depends on. Empty where nothing was added. */
  readonly known: readonly Dependency[];
  /** Changed manifests that cannot be read. */
  readonly unreadable: readonly string[];
  /** How many more there seem to be. */
  readonly left: number;
}

const maxManifests = 300;
const most = 200;

/** What a change makes a repository depend on by name, from its manifests at both sides; other versions are nothing new. */
export async function addedDependencies(
  base: Look,
  head: Look,
  changes: readonly FileChange[],
): Promise<AddedDependencies> {
  const paths = changes
    .filter(({ path, status, binary }) => status !== "deleted" && !binary && isManifest(path))
    .map(({ path }) => path);
  const unreadable: string[] = [];
  const asked: Added[] = [];
  let left = 0;
  const seen = new Set<string>();
  const isNew = (one: Dependency) => !seen.has(identity(one)) && seen.add(identity(one));
  const manifests = await Promise.all(paths.map((path) => bothSides(base, head, path)));
  for (const { before } of manifests) for (const one of before.found ?? []) seen.add(identity(one));
  for (const { path, before, after } of manifests) {
    if (after.found === null) unreadable.push(path);
    const place = placesIn(after.text, before.text);
    for (const one of (after.found ?? []).filter(isNew))
      if (asked.length < most) asked.push({ ...one, file: path, line: place(one) });
      else left++;
  }
  if (asked.length === 0) return { added: [], known: [], unreadable, left };
  const known = await dependenciesOf(base);
  const old = new Set(known.map(identity));
  return { added: asked.filter((one) => !old.has(identity(one))), known, unreadable, left };
}

async function bothSides(base: Look, head: Look, path: string) {
  const read = async (look: Look) => {
    const text = look.paths.includes(path) ? ((await look.read(path)) ?? "") : null;
    return { text: text ?? "", found: text === null ? [] : readManifest(path, text) };
  };
  return { path, before: await read(base), after: await read(head) };
}

async function dependenciesOf(look: Look): Promise<Dependency[]> {
  const found: Dependency[] = [];
  for (const path of look.paths.filter(isManifest).slice(0, maxManifests))
    found.push(...(readManifest(path, (await look.read(path)) ?? "") ?? []));
  return found;
}

/** The same package from the same place, in whatever version. */
function identity({ ecosystem, name, elsewhere = "" }: Dependency): string {
  return JSON.stringify([ecosystem, name, elsewhere.split(/[#?]/, 1)[0]]);
}

/** Finds the first line that names a dependency and is not there before; else the first that names it. */
function placesIn(text: string, before: string): (one: Dependency) => number | null {
  const old = new Set(before.split("\n"));
  const lines = text.split("\n");
  const words = lines.map((line) => plainName(line.slice(0, 2000)));
  return ({ name }) => {
    const word = plainName((name.split(":").at(-1) ?? name).replace(/\.gradle\.plugin$/, ""));
    if (word === "") return null;
    const fresh = words.findIndex((line, i) => hasWord(line, word) && !old.has(lines[i] ?? ""));
    const found = fresh >= 0 ? fresh : words.findIndex((line) => hasWord(line, word));
    return found < 0 ? null : found + 1;
  };
}

/** Whether `word` stands in `line`, and not as a part of another. */
function hasWord(line: string, word: string): boolean {
  const isPart = (letter: string | undefined) => letter !== undefined && /[a-z\d-]/.test(letter);
  for (let at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + 1))
    if (!isPart(line[at - 1]) && !isPart(line[at + word.length])) return true;
  return false;
}
