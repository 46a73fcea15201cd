import { join, normalize } from "node:path";

/** Where things are inside every sandbox. */
export const workspaceInside = "/workspace";

/** HOME inside: an empty tmpfs for each command, or the folder that a mount puts there. */
export const homeInside = "/home/sandbox";

/** Our own runtime and the toolbox program; nothing of the controller besides. */
export const ownInside = "/opt/firstdraft";

/** The Node that runs us, bound read-only. */
export const nodeInside = `${ownInside}/bin/node`;

/** Where a command starts, absolute, by what it asked for. */
export function workingFolder(cwd = "."): string {
  const folder = normalize(join(workspaceInside, cwd));
  if (folder !== workspaceInside && !folder.startsWith(`${workspaceInside}/`)) {
    throw new Error(`${cwd} is outside the command's folder`);
  }
  return folder;
}
