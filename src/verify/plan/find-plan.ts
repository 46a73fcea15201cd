import { findToolchain, type Given } from "../find-toolchain.ts";
import { type Look, lookInto } from "../look.ts";
import { findNode } from "../toolchains/node.ts";
import { isProse, nearestTo } from "./nearest.ts";
import { othersThan } from "./others.ts";
import { type Part, planOf, type TestPlan } from "./plan.ts";
import { isBelow, joined } from "./project-folders.ts";
import { type Found, type Survey, surveyOf } from "./survey.ts";

/** Of folders that a change does not touch, where nothing says which of them matter. */
const maxFolders = 4;

/**
 * How one tree is tested for a change to the files `changed`, null where no change is known yet. A configured command is
 * the only one. Else it is the root's, where that covers the change, or the nearest to each file; with what else the
 * change may break after it.
 */
export async function findPlan(
  look: Look,
  given: Given,
  changed: readonly string[] | null,
): Promise<TestPlan> {
  const root = await findToolchain(look, given);
  const atRoot: Part = { ...root, folder: "", setupFolder: "", near: true };
  if (given.test !== undefined || given.report !== undefined) return planOf([atRoot]);
  const survey = surveyOf(look);
  const { near, far } = await chosen(survey, changed);
  const all = [...near, ...far];
  // A problem in a folder that holds another part's is not told apart from that one's.
  const holds = (one: Found) =>
    all.some((other) => other !== one && (other.folder === one.folder || isBelow(other.folder, one.folder)));
  const parts = await Promise.all(
    all.map((found, index) => partOf(survey, found, index < near.length || holds(found))),
  );
  // None can test: what there is to install, and that there is nothing to run.
  if (parts.length === 0) return planOf([{ ...atRoot, test: null, runner: null }]);
  return planOf(
    given.setup === undefined ? parts : parts.map((part) => ({ ...part, ...setupGiven(parts, atRoot) })),
  );
}

interface Chosen {
  readonly near: readonly Found[];
  readonly far: readonly Found[];
}

async function chosen(survey: Survey, changed: readonly string[] | null): Promise<Chosen> {
  if (changed === null) return { near: await anywhere(survey), far: [] };
  const files = changed.filter((path) => !isProse(path));
  const { found, orphans } = await nearestTo(survey, files);
  if (found.length === 0) return { near: await anywhere(survey), far: [] };
  const others = [
    ...(await othersThan(survey, found)),
    ...(orphans.length > 0 ? await anywhere(survey) : []),
  ];
  const keys = new Set(found.map(keyOf));
  const far = others.filter((one) => !keys.has(keyOf(one)) && keys.add(keyOf(one)));
  return { near: found, far };
}

/** The root where it can test, else the topmost folders that can. */
async function anywhere(survey: Survey): Promise<Found[]> {
  const top: Found[] = [];
  for (const folder of survey.folders) {
    if (top.length === maxFolders || top.some((one) => isBelow(folder, one.folder))) continue;
    top.push(...(await survey.testing(folder)).slice(0, 1));
  }
  return top;
}

const keyOf = ({ folder, toolchain }: Found) => `${folder}\0${toolchain.name}`;

async function partOf(survey: Survey, found: Found, near: boolean): Promise<Part> {
  const { folder, toolchain } = found;
  const placed = (top: string, paths: readonly string[]) => paths.map((path) => joined(top, path));
  const workspace = await survey.workspaceOf(found);
  const own = {
    ...toolchain,
    folder,
    setupFolder: folder,
    manifests: placed(folder, toolchain.manifests),
    near,
  };
  if (workspace === null) return own;
  const look = lookInto(survey.look, workspace);
  if (toolchain.runner === "go") {
    const shared = look.paths.filter((path) => /(^|\/)go\.(mod|sum|work|work\.sum)$/.test(path));
    return { ...own, manifests: placed(workspace, shared) };
  }
  const root = await findNode(look);
  if (root === null) return own;
  const { setup, manifests, setupReadsSources } = root;
  return {
    ...own,
    setup,
    setupReadsSources,
    setupFolder: workspace,
    manifests: placed(workspace, manifests),
  };
}

/** A configured setup runs once, at the root. */
function setupGiven(parts: readonly Part[], { setup, manifests, setupReadsSources }: Part): Partial<Part> {
  const all = [...new Set([...manifests, ...parts.flatMap((part) => part.manifests)])];
  return { setup, setupFolder: "", manifests: all, setupReadsSources };
}
