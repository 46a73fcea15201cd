import { asRecord, type Look, type PackageManager, readJson } from "../look.ts";
import { folderOf, joined } from "../plan/project-folders.ts";

const lifecycle = [
  "preinstall",
  "install",
  "postinstall",
  "preprepare",
  "prepare",
  "postprepare",
  "prepublish",
];
// Scripts that only put git hooks or patches of dependencies in place.
const harmless =
  /^(husky|simple-git-hooks|lefthook|patch-package|is-ci|only-allow|npx only-allow|pinst|yorkie|git config)\b/;

export interface NodeProject {
  readonly manifest: Record<string, unknown>;
  readonly manager: PackageManager;
  readonly lock: string | undefined;
}

/** What installs the dependencies; null where there are none. A package manager that the machine lacks is installed first. */
export async function setupCommand(look: Look, project: NodeProject): Promise<string | null> {
  const { manifest, manager, lock } = project;
  const kinds = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];
  const needsSome = kinds.some((kind) => Object.keys(asRecord(manifest[kind])).length > 0);
  if (!needsSome && !("workspaces" in manifest) && !look.paths.includes("pnpm-workspace.yaml")) return null;
  // Without a lockfile, peers may have moved on since anybody looked.
  const loose = "npm install --no-package-lock";
  const exact = "npm ci";
  if (manager === "npm" && lock !== undefined && !(await isOlder(look, lock))) return exact;
  if (manager === "npm") {
    const once = lock === undefined ? loose : exact;
    return `{ ${once} || ${once} --legacy-peer-deps; }`;
  }
  const modern = manager === "yarn" && look.paths.includes(".yarnrc.yml");
  const fixed = lock === undefined ? "" : modern ? " --immutable" : " --frozen-lockfile";
  const name = await packageOf(look, project, modern);
  return `{ command -v ${manager} || npm install --global --prefix "$HOME/.local" ${name}; } && ${manager} install${fixed}`;
}

/** Whether a lockfile may be of an npm that did not install peers, or not in the way of today's. */
async function isOlder(look: Look, lock: string): Promise<boolean> {
  return Number((await readJson(look, lock)).lockfileVersion ?? 3) < 3;
}

/** The npm package of the manager, at the version that the repository names or its lockfile was written by. */
async function packageOf(
  look: Look,
  { manifest, manager, lock }: NodeProject,
  modern: boolean,
): Promise<string> {
  const [, version] = /^\w+@(\d[\w.-]*)/.exec(String(manifest.packageManager ?? "")) ?? [];
  if (manager === "yarn") {
    // The classic one hands over to the version that the repository keeps in its tree.
    const kept = look.paths.some((path) => path.startsWith(".yarn/releases/"));
    if (!modern || kept) return `yarn@${version?.startsWith("1.") ? version : "1"}`;
    return `@yarnpkg/cli-dist@${version ?? "4"}`;
  }
  // Earlier releases of these two do not run on a node of today.
  const [, old] = manager === "pnpm" ? (/^([78])\./.exec(version ?? "") ?? []) : [];
  if (version !== undefined) return `${manager}@${old ?? version}`;
  if (manager !== "pnpm" || lock === undefined) return `${manager}@latest`;
  const [, format = "9"] = /^lockfileVersion:\s*'?(\d+)/m.exec((await look.read(lock)) ?? "") ?? [];
  return `pnpm@${{ "5": "7", "6": "8" }[format] ?? "9"}`;
}

export function managerNamed(value: unknown): PackageManager | undefined {
  const [, name] = /^(npm|pnpm|yarn|bun)@/.exec(typeof value === "string" ? value : "") ?? [];
  return name as PackageManager | undefined;
}

/** Whether installing also runs scripts of the repository's packages, which may build from its sources. */
export async function installRunsSources(look: Look): Promise<boolean> {
  const manifests = look.paths.filter(
    (path) => /(^|\/)package\.json$/.test(path) && !/(^|\/)(node_modules|fixtures?|__\w+__)\//.test(path),
  );
  // More than a workspace has: examples, templates and the like. Then it is not known.
  if (manifests.length > 300) return true;
  for (const path of manifests) {
    const scripts = asRecord((await readJson(look, path)).scripts);
    for (const name of lifecycle.filter((one) => one in scripts)) {
      const script = String(scripts[name]).trim();
      if (!harmless.test(script) && !(await onlyLooks(look, folderOf(path), script))) return true;
    }
  }
  return false;
}

/** Whether `script` is a program of the repository that uses no module, as one that refuses other package managers. */
async function onlyLooks(look: Look, folder: string, script: string): Promise<boolean> {
  const [, file] = /^node (?:\.\/)?([\w./-]+\.[cm]?js)$/.exec(script) ?? [];
  const path = joined(folder, file ?? "");
  if (file === undefined || !look.paths.includes(path)) return false;
  return !/\b(require|import|export|process\s*\.\s*binding|getBuiltinModule)\b/.test(
    (await look.read(path)) ?? "require",
  );
}
