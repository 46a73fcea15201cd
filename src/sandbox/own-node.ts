import { nodeInside } from "./paths.ts";
import type { Mount, Sandbox } from "./sandbox.ts";

/** The Node that runs us, as commands in `sandbox` can call it with the given mount. */
export function ownNode(sandbox: Sandbox): { readonly path: string; readonly mounts: readonly Mount[] } {
  if (sandbox.name === "none") return { path: process.execPath, mounts: [] };
  return { path: nodeInside, mounts: [{ host: process.execPath, inside: nodeInside }] };
}
