/** Where things are inside every sandbox. */
export const workspaceInside = "/workspace";

/** HOME inside: an empty tmpfs for each command, or the folder that a mount puts there. */
export const homeInside = "/home/sandbox";

/** Our own runtime and the toolbox program; nothing of the controller besides. */
export const ownInside = "/opt/firstdraft";

/** The Node that runs us, bound read-only. */
export const nodeInside = `${ownInside}/bin/node`;
