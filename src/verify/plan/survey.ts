import { toolchainsAt } from "../find-toolchain.ts";
import { type Look, lookInto } from "../look.ts";
import type { Toolchain } from "../toolchain.ts";
import { managerAt } from "../toolchains/node.ts";
import { isBelow, projectFolders, relativeTo } from "./project-folders.ts";
import { goModules, type IsMember, nodeMembers } from "./workspaces.ts";

/** A toolchain and the folder it was found in. */
export interface Found {
  readonly folder: string;
  readonly toolchain: Toolchain;
}

/** A tree with its projects: each folder is looked into when it is asked for, and once. */
export interface Survey {
  readonly look: Look;
  /** The root and all folders with a manifest, each after the one that it lies in. */
  readonly folders: readonly string[];
  /** The toolchains of a folder that can test. */
  testing(folder: string): Promise<Found[]>;
  /** The root of the workspace that a folder belongs to, of those that its own toolchain knows; null: none. */
  workspaceOf(found: Found): Promise<string | null>;
}

/** Whether it is one of package.json, whatever its script calls. */
export function isNode({ name }: Toolchain): boolean {
  return /^(npm|pnpm|yarn|bun|node-test)\b/.test(name);
}

export function surveyOf(look: Look): Survey {
  const folders = projectFolders(look.paths);
  const known = new Set(folders);
  const looks = once((folder: string) => lookInto(look, folder));
  const members = once((folder: string) => nodeMembers(looks(folder)));
  const modules = once((folder: string) => goModules(looks(folder)));

  /** The nearest folder above `folder` whose workspace has it. */
  async function nodeWorkspace(folder: string): Promise<string | null> {
    for (const root of folders.filter((above) => isBelow(folder, above)).reverse()) {
      const isMember: IsMember = await members(root);
      if (isMember(relativeTo(root, folder))) return root;
    }
    return null;
  }

  async function goWorkspace(folder: string): Promise<string | null> {
    const above = folders.filter((root) => root === folder || isBelow(folder, root)).reverse();
    for (const root of above) if ((await modules(root)).includes(relativeTo(root, folder))) return root;
    return null;
  }

  const testing = once(async (folder: string): Promise<Found[]> => {
    const own = once(async () => lookInto(looks(folder), "", await testingBelow(folder)));
    const root = known.has(folder) ? await nodeWorkspace(folder) : null;
    const manager = root === null ? undefined : await managerAt(looks(root));
    const found = await toolchainsAt(looks(folder), { own: () => own(""), ...(manager ? { manager } : {}) });
    return found.filter(({ test }) => test !== null).map((toolchain) => ({ folder, toolchain }));
  });

  /** The folders below, relative to it, that can test by themselves. */
  async function testingBelow(folder: string): Promise<string[]> {
    const below: string[] = [];
    for (const one of folders.filter((path) => isBelow(path, folder)))
      if ((await testing(one)).length > 0) below.push(relativeTo(folder, one));
    return below;
  }

  return {
    look,
    folders,
    testing,
    workspaceOf: async ({ folder, toolchain }) => {
      if (toolchain.runner === "go") return await goWorkspace(folder);
      return isNode(toolchain) ? await nodeWorkspace(folder) : null;
    },
  };
}

function once<T>(ask: (folder: string) => T): (folder: string) => T {
  const known = new Map<string, T>();
  return (folder) => {
    const answer = known.get(folder) ?? ask(folder);
    known.set(folder, answer);
    return answer;
  };
}
