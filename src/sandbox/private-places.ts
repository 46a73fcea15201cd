import { realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve, sep } from "node:path";

/** Folders of a home in which people and programs keep keys; nothing in them is ever bound. */
const SECRETIVE = [
  ".aws",
  ".azure",
  ".cache",
  ".config",
  ".docker",
  ".gnupg",
  ".gradle",
  ".kube",
  ".m2",
  ".npm",
  ".ssh",
  ".local/share/firstdraft",
  ".local/share/keyrings",
];
/** Folders of the system that are made anew inside, or that hold other people's things. */
const SYSTEM = ["/boot", "/dev", "/etc", "/proc", "/root", "/run", "/sys", "/usr", "/var", "/workspace"];

export const within = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder === sep ? sep : folder + sep);

/** The home folders of whoever runs us, real and as given. */
export function homes(): string[] {
  const given = [process.env.HOME ?? "/root", homedir(), "/root"];
  return [...new Set([...given, ...given.map(realOrSame)])];
}

/** Whether `path` is itself a home folder. */
export const isHome = (path: string): boolean => homes().includes(path) || dirname(path) === "/home";

/** Whether the folder or file `path` may be shown inside: a toolchain's own place, and nobody's private one. */
export function mayBind(path: string): boolean {
  const real = realOrSame(path);
  return [path, real].every(
    (place) => !isPrivate(place) && place.split(sep).filter((part) => part !== "").length >= 2,
  );
}

function isPrivate(place: string): boolean {
  const roots = homes();
  const here = realOrSame(process.cwd());
  const { DATA_DIR: kept } = process.env; // journals, and git objects of all repositories
  const own = [
    ...(isHome(here) || here === sep ? [] : [here]),
    ...(kept ? [resolve(kept), realOrSame(resolve(kept))] : []),
  ];
  return (
    isHome(place) ||
    [...roots, here, ...own].some((folder) => within(place, folder)) ||
    own.some((folder) => within(folder, place)) ||
    roots.some((home) => SECRETIVE.some((name) => within(join(home, name), place))) ||
    SYSTEM.filter((folder) => !roots.includes(folder)).some((folder) => within(folder, place))
  );
}

export function realOrSame(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path; // it is not there, so it is nowhere else either
  }
}

export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false; // a variable or a PATH entry may name what is gone
  }
}
