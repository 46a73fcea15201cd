import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findProgram } from "../../../src/sandbox/find-program.ts";

const PROGRAMS =
  "bash cat chmod cut env grep head id ln ls mkdir mv perl rm setsid sleep sh sort stat touch tr truncate true yes";

/** An image of this machine's own programs and the libraries that they and our node need, or why there is none. */
export function makeImage(name: string): { readonly missing: string | null } {
  if (findProgram("podman") === null) return { missing: "podman is not installed" };
  const root = mkdtempSync(join(tmpdir(), "firstdraft-image-"));
  try {
    for (const folder of ["tmp", "proc", "dev", "sys", "etc", "workspace"]) mkdirSync(join(root, folder));
    for (const folder of ["bin", "sbin", "lib", "lib64"]) {
      mkdirSync(join(root, "usr", folder), { recursive: true });
      symlinkSync(`usr/${folder}`, join(root, folder));
    }
    chmodSync(join(root, "tmp"), 0o1777);
    const programs = PROGRAMS.split(" ").map((program) => findProgram(program) ?? `/usr/bin/${program}`);
    for (const path of [...programs, ...[...programs, process.execPath].flatMap(librariesOf)]) {
      const place = join(root, path.replace(/^\/(bin|sbin|lib|lib64)\//, "/usr/$1/"));
      mkdirSync(dirname(place), { recursive: true });
      cpSync(realpathSync(path), place);
    }
    const packed = podmanImport(root, name);
    if (packed.status !== 0) return { missing: wordsOf(packed) };
    return { missing: tryIt(name) };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

export const removeImage = (name: string): void => {
  spawnSync("podman", ["rmi", "--force", name], { env: process.env });
};

const podmanImport = (root: string, name: string): SpawnSyncReturns<string> =>
  spawnSync("sh", ["-c", 'tar -c -C "$1" . | podman import --quiet - "$2"', "sh", root, name], {
    encoding: "utf8",
    env: process.env,
  });

function librariesOf(program: string): string[] {
  const { stdout } = spawnSync("ldd", [program], { encoding: "utf8" });
  return [...stdout.matchAll(/(?:=> |^\s*)(\/\S+)/gm)].map(([, path = ""]) => path);
}

/** Whether podman runs anything here: as it is, or with runc where crun cannot do with this machine's control groups. */
function tryIt(name: string): string | null {
  const small = ["--ulimit", "nofile=1024:1024", "--ulimit", "nproc=4096:4096"];
  const run = () =>
    spawnSync("podman", ["run", "--rm", "--network", "none", ...small, name, "true"], {
      encoding: "utf8",
      env: process.env,
    });
  const first = run();
  if (first.status === 0) return null;
  if (process.env.CONTAINERS_CONF !== undefined || findProgram("runc") === null) return wordsOf(first);
  const file = join(mkdtempSync(join(tmpdir(), "firstdraft-podman-")), "containers.conf");
  writeFileSync(file, '[engine]\nruntime = "runc"\n');
  process.env.CONTAINERS_CONF = file;
  const second = run();
  return second.status === 0 ? null : wordsOf(second);
}

const wordsOf = ({ stderr }: SpawnSyncReturns<string>): string =>
  `podman does not run here: ${stderr.trim().split("\n").at(-1)}`;
