import type { Look } from "../look.ts";
import { commandsOf, wordsOf } from "../runners/recognise.ts";
import type { Toolchain } from "../toolchain.ts";
import { pytestPaths } from "../toolchains/python.ts";
import { isNode } from "./survey.ts";
import { cargoMembers, nodeMembers } from "./workspaces.ts";

/**
 * Whether the tests of `inner`, which lies in `folder`, also run when `outer` runs its own further up. `look` is from the
 * place of `outer`, and so is `folder`.
 */
export async function covers(
  outer: Toolchain,
  inner: Toolchain,
  { look, folder }: { readonly look: Look; readonly folder: string },
): Promise<boolean> {
  if (outer.name === "make") return inner.name === "make";
  if (isNode(outer)) return isNode(inner) && (await nodeMembers(look))(folder) && reaches(outer, folder);
  if (outer.runner !== inner.runner) return false;
  if (outer.runner === "pytest") return inner.setup === null && anyLeadsTo(await pytestPaths(look), folder);
  if (outer.runner === "cargo") return (await cargoMembers(look))(folder);
  if (outer.runner === "maven") return mavenModules(await textOf(look, "pom.xml"), folder);
  if (outer.runner === "gradle") return look.paths.some((path) => /^settings\.gradle(\.kts)?$/.test(path));
  return outer.runner === "ctest";
}

/** Whether a script's runner goes down into `folder`, by the paths that it is given. */
function reaches({ runner, script, test }: Toolchain, folder: string): boolean {
  if (runner === "command") return true;
  const words = wordsOf(commandsOf(script ?? test ?? "").at(-1) ?? "");
  const called = words.findLastIndex((word) =>
    /(^|\/)(_?mocha|jest|vitest|jasmine|ava|qunit|tape?|node|tsx|ts-node)(\.[cm]?js)?$/.test(word),
  );
  const paths = words.slice(called + 1).filter((word, index, all) => {
    const isValue = /^--?\w[\w-]*$/.test(all[index - 1] ?? "") && all[index - 1] !== "--test";
    return !word.startsWith("-") && !isValue && word !== "run";
  });
  // Without a path these two take their own folder of tests alone.
  if (paths.length === 0) return runner !== "mocha" && runner !== "jasmine";
  return anyLeadsTo(paths, folder);
}

/** Whether one of the paths or globs lies in `folder` or above it; true where there are none. */
function anyLeadsTo(paths: readonly string[], folder: string): boolean {
  if (paths.length === 0) return true;
  return paths.some((path) => {
    const plain = path.replace(/^\.\//, "").replace(/[*?{([].*$/, "");
    return plain.startsWith(folder) || folder.startsWith(plain);
  });
}

function mavenModules(pom: string, folder: string): boolean {
  const modules = [...pom.matchAll(/<module>\s*([^<\s]+)\s*<\/module>/g)].map(([, name = ""]) => name);
  return modules.some((name) => folder === name || folder.startsWith(`${name}/`));
}

async function textOf(look: Look, path: string): Promise<string> {
  return look.paths.includes(path) ? ((await look.read(path)) ?? "") : "";
}
