import { readdirSync } from "node:fs";
import { basename, delimiter, dirname, isAbsolute, join, normalize } from "node:path";
import { findProgram, inPackages } from "./find-program.ts";
import { homes, isFolder, isHome, mayBind, realOrSame, within } from "./private-places.ts";

/** What commands inside find of the compilers and interpreters that this machine keeps outside /usr. */
export interface Toolchains {
  /** Absolute paths, bound read-only at their own place. */
  readonly binds: readonly string[];
  /** Entries of PATH inside. */
  readonly path: readonly string[];
  /** Variables that name a toolchain's place. */
  readonly env: Readonly<Record<string, string>>;
}

/** Variables whose value is the folder of a toolchain. CARGO_HOME is not one: it holds credentials, and must be writable. */
const VARIABLES = [
  "ASDF_DATA_DIR",
  "CONDA_PREFIX",
  "DENO_INSTALL",
  "DOTNET_ROOT",
  "GOROOT",
  "GRADLE_HOME",
  "JAVA_HOME",
  "MAVEN_HOME",
  "M2_HOME",
  "NVM_DIR",
  "PYENV_ROOT",
  "RBENV_ROOT",
  "RUSTUP_HOME",
  "VIRTUAL_ENV",
  "VOLTA_HOME",
];
/** Where a toolchain is when its variable is not set, under a home folder. */
const USUAL: Readonly<Record<string, string>> = {
  PYENV_ROOT: ".pyenv",
  RBENV_ROOT: ".rbenv",
  RUSTUP_HOME: ".rustup",
};
const SYSTEM_PATH = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];
const BINARIES = new Set(["bin", "sbin", "shims", "condabin", "scripts"]);
/** Folders of programs in a home whose parent holds more than programs. */
const ALONE = new Set([".cargo", ".local", "go"]);

const inUsr = (path: string): boolean => SYSTEM_PATH.includes(path) || within("/usr", path);

export function findToolchains(env: NodeJS.ProcessEnv = process.env): Toolchains {
  const entries = (env.PATH ?? "")
    .split(delimiter)
    .filter((entry) => isAbsolute(entry) && !inPackages(entry))
    .map((entry) => normalize(entry).replace(/(.)\/$/, "$1"));
  const outside = [...new Set(entries)].filter((entry) => !inUsr(entry) && isFolder(entry) && mayBind(entry));
  const named = namedByVariables(env);
  const roots = outside.map(rootOf);
  const linked = outside.flatMap(linkedRoots);
  const binds = outermost([...Object.values(named).filter((place) => !inUsr(place)), ...roots, ...linked]);
  const covered = (path: string): boolean => binds.some((bind) => within(bind, path));
  const own = entries.filter((entry) => inUsr(entry) || covered(entry));
  return { binds, path: [...new Set([...own, ...SYSTEM_PATH])], env: named };
}

/** Whether a `node` is to be found on the PATH inside. */
export const hasNode = ({ path }: Toolchains): boolean => findProgram("node", path.join(delimiter)) !== null;

function namedByVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  const usual = Object.entries(USUAL).flatMap(([name, folder]) =>
    homes()
      .map((home) => [name, join(home, folder)] as const)
      .filter(([, place]) => isFolder(place))
      .slice(0, 1),
  );
  const given = VARIABLES.flatMap((name) => {
    const value = env[name];
    return value && isAbsolute(value) && isFolder(value) ? [[name, normalize(value)] as const] : [];
  });
  return Object.fromEntries([...usual, ...given].filter(([, place]) => inUsr(place) || mayBind(place)));
}

/** The folder that a folder of programs needs beside it: `/opt/x/bin` needs `/opt/x`. */
function rootOf(folder: string): string {
  const parent = dirname(folder);
  const alone = !BINARIES.has(basename(folder)) || (isHome(dirname(parent)) && ALONE.has(basename(parent)));
  return alone || !mayBind(parent) ? folder : parent;
}

/** Where links among a folder's programs lead: an interpreter of another version manager, a tool's own environment. */
function linkedRoots(folder: string): string[] {
  const links = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isSymbolicLink());
  const targets = links.map(({ name }) => realOrSame(join(folder, name)));
  const folders = [...new Set(targets.map((target) => dirname(target)))];
  return folders.filter((target) => !inUsr(target) && isFolder(target) && mayBind(target)).map(rootOf);
}

/** Without what is inside another. */
const outermost = (paths: readonly string[]): string[] =>
  [...new Set(paths)].filter((path) => !paths.some((other) => other !== path && within(other, path)));
