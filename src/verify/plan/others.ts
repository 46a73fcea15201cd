import { posix } from "node:path";
import { lookInto } from "../look.ts";
import { outermost } from "./nearest.ts";
import { isBelow, joined } from "./project-folders.ts";
import { type Found, isNode, type Survey } from "./survey.ts";
import { goModules, pathsIn } from "./workspaces.ts";

const manifests = ["package.json", "pyproject.toml", "requirements.txt", "setup.py", "go.mod", "Cargo.toml"];

/** What else a change to `near` may break: the members of the same workspace, and what names its folder in a manifest. */
export async function othersThan(survey: Survey, near: readonly Found[]): Promise<Found[]> {
  const others: Found[] = [];
  const workspaces = new Set<string>();
  for (const one of near) {
    const root = await survey.workspaceOf(one);
    if (root !== null) workspaces.add(`${one.toolchain.runner === "go" ? "go" : "node"}\0${root}`);
  }
  for (const key of workspaces) {
    const [kind, root = ""] = key.split("\0");
    others.push(...(kind === "go" ? await inGoWorkspace(survey, root) : await inNodeWorkspace(survey, root)));
  }
  const folders = new Set(near.map(({ folder }) => folder));
  for (const folder of survey.folders) {
    if (folders.has(folder) || !(await names(survey, folder, folders))) continue;
    for (const one of await survey.testing(folder)) others.push(await outermost(survey, one));
  }
  return others;
}

async function inNodeWorkspace(survey: Survey, root: string): Promise<Found[]> {
  const found: Found[] = [];
  for (const folder of survey.folders.filter((path) => path === root || isBelow(path, root))) {
    for (const one of await survey.testing(folder)) {
      const isIn = folder === root || (await survey.workspaceOf(one)) === root;
      if (isIn && isNode(one.toolchain)) found.push(one);
    }
  }
  return found;
}

async function inGoWorkspace(survey: Survey, root: string): Promise<Found[]> {
  const modules = await goModules(lookInto(survey.look, root));
  const found = await Promise.all(modules.map((module) => survey.testing(joined(root, module))));
  return found.flat().filter(({ toolchain }) => toolchain.runner === "go");
}

/** Whether a manifest of `folder` leads to one of `folders` by its path, as `file:../core` and `path = "../core"` do. */
async function names(survey: Survey, folder: string, folders: ReadonlySet<string>): Promise<boolean> {
  const paths = manifests
    .map((name) => joined(folder, name))
    .filter((path) => survey.look.paths.includes(path));
  const texts = await Promise.all(paths.map((path) => survey.look.read(path)));
  return texts.some((text) =>
    pathsIn(text ?? "").some((path) => folders.has(posix.join(folder, path).replace(/\/$/, ""))),
  );
}
