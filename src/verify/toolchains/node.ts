import { type Around, asRecord, type Look, type PackageManager, readJson } from "../look.ts";
import { holdsTests } from "../test-files.ts";
import type { Runner, Toolchain } from "../toolchain.ts";
import { mochaOfGrunt } from "./grunt.ts";
import { installRunsSources, managerNamed, setupCommand } from "./node-setup.ts";
import { isRecursive } from "./recursive-script.ts";
import type { TestScript } from "./script-commands.ts";
import { testScript } from "./test-script.ts";
import { withoutWrapper } from "./wrapped-runner.ts";

const lockfiles: readonly (readonly [string, PackageManager])[] = [
  ["package-lock.json", "npm"],
  ["npm-shrinkwrap.json", "npm"],
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
];

const otherManifests = [".npmrc", ".yarnrc", ".yarnrc.yml", ".pnpmfile.cjs", "pnpm-workspace.yaml"];
/** A repository with a package.json, or with nothing but files that node's own runner takes. */
export async function findNode(look: Look, around: Around = {}): Promise<Toolchain | null> {
  const own = around.own ?? (async () => look);
  if (!look.paths.includes("package.json")) return await bareNodeTest(await own());
  const manifest = await readJson(look, "package.json");
  const scripts = asRecord(manifest.scripts);
  const lock = lockOf(look);
  const manager = around.manager ?? (await managerAt(look));
  const script =
    isRecursive(scripts) && (await own()).paths.length < look.paths.length
      ? null
      : testScript(scripts, manager);
  const found = (await refined(look, script)) ?? (await withoutScript(await own(), manifest));
  return {
    name: found === null ? manager : `${manager} + ${found.runner}`,
    setup: await setupCommand(look, { manifest, manager, lock: lock?.[0] }),
    test: found?.test ?? null,
    runner: found?.runner ?? null,
    ...(found === null ? {} : { testWithArguments: found.testWithArguments, script: found.script }),
    ...(found?.builds === undefined ? buildOf(scripts, manager) : { builds: found.builds }),
    ...(found?.runner === "mocha" && (await mochaNamesTests(look, manifest)) ? { namesTests: true } : {}),
    manifests: look.paths.filter(
      (path) =>
        /(^|\/)package\.json$/.test(path) ||
        lockfiles.some(([name]) => name === path) ||
        otherManifests.includes(path),
    ),
    setupReadsSources: await installRunsSources(look),
  };
}

function buildOf({ build }: Record<string, unknown>, manager: PackageManager): Pick<Toolchain, "couldBuild"> {
  return typeof build === "string" && build.trim() !== "" ? { couldBuild: `${manager} run build` } : {};
}

/** Whether mocha's configuration has a `spec`, as far as a text shows. */
async function mochaNamesTests(look: Look, manifest: Record<string, unknown>): Promise<boolean> {
  const files = look.paths.filter((path) => /^\.mocharc\.(c?js|jsonc?|ya?ml)$/.test(path));
  const texts = await Promise.all(files.map((path) => look.read(path)));
  return [JSON.stringify(manifest.mocha ?? {}), ...texts].some((text) => /\bspec\b/.test(text ?? ""));
}

const lockOf = ({ paths }: Look) => lockfiles.find(([path]) => paths.includes(path));

/** The package manager of a project, or of the workspace with its root here. */
export async function managerAt(look: Look): Promise<PackageManager> {
  const [, manager] = lockOf(look) ?? [];
  if (manager !== undefined) return manager;
  const named = managerNamed((await readJson(look, "package.json")).packageManager);
  return named ?? (look.paths.includes("pnpm-workspace.yaml") ? "pnpm" : "npm");
}

/** A script such as `node test/all.js` is node:test where its tests import that; what it calls of the repository is looked into. */
async function refined(look: Look, script: TestScript | null): Promise<TestScript | null> {
  const found = script === null ? null : await withoutWrapper(look, script);
  const grunt = found?.runner === "command" ? await mochaOfGrunt(look, found) : null;
  if (grunt !== null) return grunt;
  if (found?.runner !== "command" || !/\b(node|tsx|ts-node)\b/.test(found.script)) return found;
  return (await importsNodeTest(look)) ? { ...found, runner: "node-test" } : found;
}

/** No test script: the runner among the dependencies, or node's own. */
async function withoutScript(look: Look, manifest: Record<string, unknown>): Promise<TestScript | null> {
  if (!look.paths.some(holdsTests)) return null;
  const dependencies = { ...asRecord(manifest.dependencies), ...asRecord(manifest.devDependencies) };
  const runner = (["jest", "vitest", "mocha", "jasmine"] as const).find((name) => name in dependencies);
  if (runner === undefined) return (await importsNodeTest(look)) ? called("node-test", "node --test") : null;
  return called(runner, runner === "vitest" ? "npx --no-install vitest run" : `npx --no-install ${runner}`);
}

async function bareNodeTest(look: Look): Promise<Toolchain | null> {
  if (!(await importsNodeTest(look))) return null;
  return {
    name: "node-test",
    setup: null,
    test: "node --test",
    runner: "node-test",
    manifests: [],
    setupReadsSources: false,
  };
}

async function importsNodeTest(look: Look): Promise<boolean> {
  const candidates = look.paths.filter((path) => holdsTests(path) && /\.[cm]?[jt]s$/.test(path)).slice(0, 20);
  const texts = await Promise.all(candidates.map((path) => look.read(path)));
  return texts.some((text) => text !== null && /["']node:test["']/.test(text));
}

function called(runner: Runner, test: string): TestScript {
  return { runner, test, testWithArguments: test, script: test };
}
