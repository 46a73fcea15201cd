import { dirname } from "node:path/posix";
import type { Look } from "../verify/look.ts";
import type { FileChange } from "../workspace/types.ts";
import type { Linter, Setting } from "./linter.ts";

/** One run of a linter, at both sides of a change. */
export interface Task {
  readonly linter: Linter;
  readonly setting: Setting;
  /** Where it runs, relative to the repository; "" for the root. */
  readonly folder: string;
  /** The changed files that it looks at, relative to the repository, as far as they are there. */
  readonly head: readonly string[];
  readonly base: readonly string[];
  /** A file of the base with which it can be tried there; null: there is none. */
  readonly probe: string | null;
}

/** Files of one run. In a change of more than that nobody reads what linters say of the rest. */
const mostFiles = 200;
/** Files that may be read to find out whether they configure a linter. */
const mostRead = 100;

/** What there is to run for a change, by the settings of its base: those of the change do not count. */
export async function findLinters(
  all: readonly Linter[],
  base: Look,
  changes: readonly FileChange[],
): Promise<Task[]> {
  const tasks: Task[] = [];
  for (const linter of all) {
    const files = changes.filter(
      ({ path, mode, binary }) => linter.files.test(path) && mode.startsWith("100") && !binary,
    );
    if (files.length === 0) continue;
    const found = await settingsOf(linter, base);
    const placed = files.map((file) => ({ ...file, place: placeFor(file.path, linter, found) }));
    for (const there of Map.groupBy(
      placed,
      ({ place }) => `${place?.folder}\0${place?.setting.files}`,
    ).values()) {
      const place = there[0]?.place ?? null;
      if (place === null) continue;
      const { setting, folder } = place;
      const paths = (without: FileChange["status"]) =>
        there.filter(({ status }) => status !== without).map(({ path }) => path);
      const [head, before] = [paths("deleted").slice(0, mostFiles), paths("added").slice(0, mostFiles)];
      const probe = base.paths.find((path) => linter.files.test(path) && isBelow(path, folder)) ?? null;
      if (head.length > 0 || linter.whole) tasks.push({ linter, setting, folder, head, base: before, probe });
    }
  }
  return tasks;
}

/** For each setting of a linter the folders of the files that say so, the outermost first. */
async function settingsOf({ settings }: Linter, base: Look): Promise<string[][]> {
  const found: string[][] = [];
  for (const { files, holds } of settings) {
    const folders = new Set<string>();
    for (const path of base.paths.filter((one) => files.test(one) && !isForeign(one)).slice(0, mostRead))
      if (holds === undefined || holds((await base.read(path)) ?? "")) folders.add(folderOf(path));
    found.push([...folders].toSorted((a, b) => a.length - b.length));
  }
  return found;
}

/** By which setting a linter runs for a file, and where; null: by none, since none is above it. */
function placeFor(path: string, { settings }: Linter, found: readonly (readonly string[])[]) {
  for (const [index, setting] of settings.entries()) {
    const { at } = setting;
    const folders = found[index] ?? [];
    if (at === "root" && folders.length > 0) return { setting, folder: "" };
    const folder = folders.filter((one) => isBelow(path, one)).at(at === "nearest" ? -1 : 0);
    if (folder !== undefined) return { setting, folder };
  }
  return null;
}

const folderOf = (path: string) => (path.includes("/") ? dirname(path) : "");
const isBelow = (path: string, folder: string) => folder === "" || path.startsWith(`${folder}/`);
const isForeign = (path: string) => /(^|\/)(?:node_modules|vendor|third_party)\//.test(path);
