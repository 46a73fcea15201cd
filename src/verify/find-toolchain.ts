import type { RepositoryConfig } from "../config/types.ts";
import { type Around, asRecord, type Look, readJson } from "./look.ts";
import { commandsOf, runnerCalledBy, wordsOf } from "./runners/recognise.ts";
import type { Runner, Toolchain } from "./toolchain.ts";
import { findCompiled } from "./toolchains/compiled.ts";
import { callsDjango } from "./toolchains/django.ts";
import { findMake } from "./toolchains/make.ts";
import { findNode } from "./toolchains/node.ts";
import { findPython } from "./toolchains/python.ts";
import { testScript } from "./toolchains/test-script.ts";

const finders = [findNode, findPython, findCompiled, findMake];
const nothing: Toolchain = {
  name: "none",
  setup: null,
  test: null,
  runner: null,
  manifests: [],
  setupReadsSources: true,
};

// Commands that read the manifests alone; any other may also build.
const plainInstall = /^(npm (ci|i|install)|pnpm (i|install)|yarn( install)?|bun install)( --\S+)*$/;

export type Given = Pick<RepositoryConfig, "setup" | "test" | "report">;

/** The toolchain of one tree: what the configuration gives, and for the rest the first one found that can test. */
export async function findToolchain(look: Look, given: Given): Promise<Toolchain> {
  const found = await toolchainsAt(look, {});
  const best = found.find((toolchain) => toolchain.test !== null) ?? found[0] ?? nothing;
  return withSetup(await withTest(best, look, given), given);
}

/** Every toolchain with its files at the root of `look`, those that can test or not. */
export async function toolchainsAt(look: Look, around: Around): Promise<Toolchain[]> {
  const found: Toolchain[] = [];
  for (const find of finders) {
    const toolchain = await find(look, around);
    if (toolchain !== null) found.push(toolchain);
  }
  if (!look.paths.some((path) => compiled.test(path))) return found;
  // In a project of another language, files that are named as tests may be its tools.
  return [...found.filter((one) => !isGuess(one)), ...found.filter(isGuess)];
}

const compiled = /\.(c|cc|cpp|cxx|go|java|rs)$/;

/** Whether nothing speaks for it but the names of files. */
function isGuess({ runner, manifests }: Toolchain): boolean {
  return manifests.length === 0 && (runner === "pytest" || runner === "unittest");
}

async function withTest(found: Toolchain, look: Look, given: Given): Promise<Toolchain> {
  const toolchain = given.test === undefined ? found : await configured(found, look, given.test);
  // A report that the command writes by itself takes the place of any that we would ask for.
  return given.report === undefined ? toolchain : { ...toolchain, runner: "command", report: given.report };
}

async function configured(found: Toolchain, look: Look, test: string): Promise<Toolchain> {
  const { name: _, testWithArguments: __, script: ___, ...rest } = found;
  const call = await callOf(test, look);
  return { ...rest, ...call, name: `configured (${call.runner})`, test };
}

/** Which runner a configured command calls, also where it is a script of package.json. */
async function callOf(
  test: string,
  look: Look,
): Promise<{ runner: Runner; testWithArguments?: string; script?: string }> {
  const [, manager, name = "test"] =
    /^(npm|pnpm|yarn)\s+(?:run\s+|run-script\s+)?([\w:.-]+)$/.exec(test.trim()) ?? [];
  if (manager !== undefined) {
    const scripts = asRecord((await readJson(look, "package.json")).scripts);
    const script = testScript(scripts, manager as "npm" | "pnpm" | "yarn", name === "t" ? "test" : name);
    if (script !== null) {
      return { runner: script.runner, testWithArguments: script.testWithArguments, script: script.script };
    }
  }
  const runner = runnerCalledBy(wordsOf(commandsOf(test).at(-1) ?? ""));
  const own = runner === null && (await callsDjango(look, test)) ? "unittest" : "command";
  return { runner: runner ?? own, script: test };
}

function withSetup(toolchain: Toolchain, given: Given): Toolchain {
  if (given.setup === undefined) return toolchain;
  const installsOnly = given.setup === null || plainInstall.test(given.setup.trim());
  return {
    ...toolchain,
    setup: given.setup,
    setupReadsSources: toolchain.setupReadsSources || !installsOnly,
  };
}
