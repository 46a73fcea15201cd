import { posix } from "node:path";
import { type Look, readJson } from "../look.ts";

/** Whether a folder, relative to the workspace's root, is one of its members. */
export type IsMember = (folder: string) => boolean;

const nobody: IsMember = () => false;

/** The members of a workspace of npm, pnpm, yarn or bun with its root here. */
export async function nodeMembers(look: Look): Promise<IsMember> {
  const { workspaces } = await readJson(look, "package.json");
  const listed = Array.isArray(workspaces) ? workspaces : (workspaces as { packages?: unknown })?.packages;
  const own = Array.isArray(listed) ? listed.map(String) : [];
  const text = (await textOf(look, "pnpm-workspace.yaml")).replaceAll(/^\s*#.*$/gm, "");
  const [, list = ""] = /^packages:[ \t]*\n((?:[ \t]*-.*\n?|[ \t]*\n)+)/m.exec(text) ?? [];
  return matching([...own, ...[...list.matchAll(/^\s*-\s*["']?([^"'\s#]+)/gm)].map(([, glob = ""]) => glob)]);
}

/** The members of a Cargo workspace with its root here. */
export async function cargoMembers(look: Look): Promise<IsMember> {
  const [, section] =
    /^\[workspace\][^\n]*\n([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(await textOf(look, "Cargo.toml")) ?? [];
  if (section === undefined) return nobody;
  const [members, excluded] = [stringsOf(section, "members"), matching(stringsOf(section, "exclude"))];
  // Without a list its members are those that it depends on by their path.
  const isMember = members.length > 0 ? matching(members) : await dependencies(look);
  return (folder) => isMember(folder) && !excluded(folder);
}

async function dependencies(look: Look): Promise<IsMember> {
  return matching(pathsIn(await textOf(look, "Cargo.toml")).map((path) => posix.normalize(path)));
}

/** The modules of a `go.work` here, "" for one at its own place; empty where there is none. */
export async function goModules(look: Look): Promise<string[]> {
  const text = (await textOf(look, "go.work")).replaceAll(/\/\/.*$/gm, "");
  const blocks = [...text.matchAll(/^use\s*\(([^)]*)\)|^use\s+(\S+)/gm)];
  const listed = blocks.flatMap(([, block, one = ""]) => (block ?? one).split(/\s+/)).filter(Boolean);
  return listed.map((path) => posix.join(path.replaceAll('"', ""), ".").replace(/^\.$|\/$/g, ""));
}

/** The paths to other folders that stand in a manifest: `path = "../a"`, `file:../a`, `replace x => ../a`. */
export function pathsIn(text: string): string[] {
  const found = text.matchAll(/(?:["'\s:=(]|^)(\.{1,2}\/[\w@./-]+)|\bpath\s*=\s*"([^"]+)"/gm);
  return [...found].map(([, bare, given = ""]) => (bare ?? given).replace(/\/$/, ""));
}

/** A list of strings in TOML. */
function stringsOf(toml: string, key: string): string[] {
  const [, list = ""] = new RegExp(`^\\s*${key}\\s*=\\s*\\[([^\\]]*)\\]`, "m").exec(toml) ?? [];
  return [...list.replaceAll(/#.*$/gm, "").matchAll(/["']([^"']+)["']/g)].map(([, one = ""]) => one);
}

/** Globs of folders, `!` before those that are none. They come from the repository: no more wildcards than a person writes. */
function matching(globs: readonly string[]): IsMember {
  const rules = globs.flatMap((glob) => {
    const path = glob.replace(/^!/, "").replace(/^\.\//, "").replace(/\/+$/, "");
    if ((path.match(/\*+/g)?.length ?? 0) > 4) return [];
    const parts = path.split(/(\*+)/).map((part) => {
      if (part.startsWith("**")) return ".*";
      return part === "*" ? "[^/]*" : part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&");
    });
    return [{ member: !glob.startsWith("!"), pattern: new RegExp(`^${parts.join("")}$`) }];
  });
  return (folder) => rules.findLast(({ pattern }) => pattern.test(folder))?.member ?? false;
}

async function textOf(look: Look, path: string): Promise<string> {
  return look.paths.includes(path) ? ((await look.read(path)) ?? "") : "";
}
