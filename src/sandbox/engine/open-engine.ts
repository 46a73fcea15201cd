import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { Problem } from "../../log/problem.ts";
import { findProgram } from "../find-program.ts";
import { defaultLimits, mostProcesses } from "../limits.ts";
import { COMMAND_UID } from "../machine.ts";
import { ociSeccomp } from "../oci-seccomp.ts";
import { homeInside, ownInside } from "../paths.ts";
import { supported } from "../platform.ts";
import type { Engine } from "./arguments.ts";

/** The engine with its image at hand, and the PATH that commands have: the image's, and our own node behind it. */
export async function openEngine(
  name: Engine["name"],
  image: string | undefined,
): Promise<{ readonly engine: Engine; readonly path: readonly string[] }> {
  if (image === undefined) throw new Problem("sandbox-image-missing", { provider: name });
  const program = findProgram(name);
  if (program === null) throw new Problem("sandbox-engine-missing", { provider: name });
  const architecture = supported();
  const { id, path } = await inspect(program, image, name);
  const own = process.getuid?.() ?? 0;
  const [uid, gid] = own === 0 ? [COMMAND_UID, COMMAND_UID] : [own, process.getgid?.() ?? own];
  const engine = {
    ...{ name, program, image: id, uid, gid },
    rootless: name === "podman" && own !== 0,
    limits: defaultLimits(),
    nproc: mostProcesses(),
    files: writeFiles({
      "seccomp.json": JSON.stringify(ociSeccomp(architecture)),
      passwd: `root:x:0:0:root:/:/usr/sbin/nologin\nsandbox:x:${uid}:${gid}:sandbox:${homeInside}:/bin/sh\n`,
      group: `root:x:0:\nsandbox:x:${gid}:\n`,
    }),
  };
  return { engine, path: [...path, `${ownInside}/bin`] };
}

/** The image's own id, under which it stays the same however it is tagged meanwhile. Nothing is ever fetched. */
async function inspect(
  program: string,
  image: string,
  provider: Engine["name"],
): Promise<{ readonly id: string; readonly path: readonly string[] }> {
  const ask = ["image", "inspect", "--format", "{{.Id}} {{json .Config.Env}}", image];
  const { stdout } = await promisify(execFile)(program, ask, {
    env: clientEnvironment(provider),
    timeout: 20_000,
  }).catch((error: { readonly stderr?: string; readonly message: string }) => {
    const message = (error.stderr || error.message).trim();
    const unknown = /no such image|not known|not found/i.test(message);
    throw new Problem(unknown ? "sandbox-image-unknown" : "sandbox-engine-silent", {
      provider,
      image,
      message,
    });
  });
  const [, id = "", variables = "null"] = /^(\S+) (.*)$/m.exec(stdout) ?? [];
  const given = (JSON.parse(variables) as string[] | null)?.find((line) => line.startsWith("PATH="));
  const path = given?.slice(5) ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  return { id, path: path.split(delimiter) };
}

/** Read by the engine, which may be a daemon, by name; gone when this process ends. */
function writeFiles(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "firstdraft-engine-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o644 });
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const CLIENT = [
  "CONTAINERS_CONF",
  "CONTAINERS_STORAGE_CONF",
  "DBUS_SESSION_BUS_ADDRESS",
  "DOCKER_CERT_PATH",
  "DOCKER_HOST",
  "DOCKER_TLS_VERIFY",
  "HOME",
  "PATH",
  "XDG_CONFIG_HOME",
  "XDG_DATA_HOME",
  "XDG_RUNTIME_DIR",
];

/** What the engine's client itself needs. Docker's own configuration is left out: it may add a proxy's address to every container. */
export const clientEnvironment = (name: Engine["name"]): Record<string, string> => ({
  ...Object.fromEntries(CLIENT.flatMap((each) => (process.env[each] ? [[each, process.env[each]]] : []))),
  ...(name === "docker" ? { DOCKER_CONFIG: "/nonexistent" } : {}),
});
