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

export type EngineName = "docker" | "podman";

const PROGRAMS =
  "bash cat chmod cut env grep head id ln ls mkdir mv perl rm setsid sleep sh sort stat touch tr truncate true yes";

/** An image of this machine's own programs and the libraries that they and our node need, or why there is none. */
export function makeImage(engine: EngineName, name: string): { readonly missing: string | null } {
  if (findProgram(engine) === null) return { missing: `${engine} is not installed` };
  const root = mkdtempSync(join(tmpdir(), "firstdraft-image-"));
  try {
    for (const folder of ["tmp", "proc", "dev", "sys", "etc", "workspace"]) mkdirSync(join(root, folder));
    for (const folder of ["bin", "sbin", "lib", "lib64"]) {
      mkdirSync(join(root, "usr", folder), { recursive: true });
      symlinkSync(`usr/${folder}`, join(root, folder));
    }
    chmodSync(root, 0o755);
    chmodSync(join(root, "tmp"), 0o1777);
    const programs = PROGRAMS.split(" ").map((program) => findProgram(program) ?? `/usr/bin/${program}`);
    for (const path of [...programs, ...[...programs, process.execPath].flatMap(librariesOf)]) {
      const place = join(root, path.replace(/^\/(bin|sbin|lib|lib64)\//, "/usr/$1/"));
      mkdirSync(dirname(place), { recursive: true });
      cpSync(realpathSync(path), place);
    }
    const packed = importInto(engine, root, name);
    if (packed.status !== 0) return { missing: wordsOf(engine, packed) };
    return { missing: tryIt(engine, name) };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

export const removeImage = (engine: EngineName, name: string): void => {
  spawnSync(engine, ["rmi", "--force", name], { env: process.env });
};

const importInto = (engine: EngineName, root: string, name: string): SpawnSyncReturns<string> =>
  spawnSync("sh", ["-c", 'tar -c -C "$1" . | "$3" import - "$2"', "sh", root, name, engine], {
    encoding: "utf8",
    env: process.env,
  });

function librariesOf(program: string): string[] {
  const { stdout } = spawnSync("ldd", [program], { encoding: "utf8" });
  return [...stdout.matchAll(/(?:=> |^\s*)(\/\S+)/gm)].map(([, path = ""]) => path);
}

/** Whether the engine runs anything here: as it is, or podman with runc where crun cannot do with this machine's control groups. */
function tryIt(engine: EngineName, name: string): string | null {
  const small = ["--ulimit", "nofile=1024:1024", "--ulimit", "nproc=4096:4096"];
  const run = () =>
    spawnSync(engine, ["run", "--rm", "--network", "none", ...small, name, "true"], {
      encoding: "utf8",
      env: process.env,
    });
  const first = run();
  if (first.status === 0) return null;
  const isSettled = process.env.CONTAINERS_CONF !== undefined || findProgram("runc") === null;
  if (engine === "docker" || isSettled) return wordsOf(engine, first);
  const file = join(mkdtempSync(join(tmpdir(), "firstdraft-podman-")), "containers.conf");
  writeFileSync(file, '[engine]\nruntime = "runc"\n');
  process.env.CONTAINERS_CONF = file;
  const second = run();
  return second.status === 0 ? null : wordsOf(engine, second);
}

const wordsOf = (engine: EngineName, { stderr }: SpawnSyncReturns<string>): string =>
  `${engine} does not run here: ${stderr.trim().split("\n").at(-1)}`;
