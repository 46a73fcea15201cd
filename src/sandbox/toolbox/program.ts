import { join } from "node:path";
import { ownNode } from "../own-node.ts";
import { ownInside } from "../paths.ts";
import type { Mount, Sandbox } from "../sandbox.ts";
import { packageFolders } from "./packages.ts";

export interface Program {
  readonly argv: readonly [string, ...string[]];
  readonly mounts: readonly Mount[];
}

/**
 * The toolbox program and our own Node, as `sandbox` sees them. In a checkout it is `main.ts` here with the SDK's package
 * and its dependencies beside it; in a build it is `toolbox.js` next to the file that this module was bundled into.
 */
export function toolboxProgram(sandbox: Sandbox, folder: string): Program {
  const { dirname, filename } = import.meta;
  const built = !filename.endsWith(".ts");
  const file = join(dirname, built ? "toolbox.js" : "main.ts");
  const workdir = sandbox.inside(folder);
  const node = ownNode(sandbox);
  if (sandbox.name === "none") return { argv: [node.path, file, workdir], mounts: [] };

  // `.mjs` and `.mts`: no package.json stands beside it to say that it is a module
  const inside = `${ownInside}/${built ? "toolbox.mjs" : "toolbox.mts"}`;
  return {
    argv: [node.path, "--disable-warning=ExperimentalWarning", inside, workdir],
    mounts: [...node.mounts, { host: file, inside }, ...(built ? [] : sdkMounts())],
  };
}

function sdkMounts(): Mount[] {
  const folders = packageFolders("@anthropic-ai/sdk", import.meta.dirname);
  return [...folders].map(([name, host]) => ({ host, inside: `${ownInside}/node_modules/${name}` }));
}
