import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { probeKernel } from "./probe-kernel.ts";
import { probeLimits } from "./probe-limits.ts";
import { probeNetwork } from "./probe-network.ts";
import { probeProcesses } from "./probe-processes.ts";
import type { Probe, Stage } from "./self-test.ts";

export type ProbeFunction = (stage: Stage) => Promise<Omit<Probe, "name">>;

const ALLOWED =
  /^(PATH|HOME|CI|LANG|TMPDIR|PWD|SHLVL|_|[A-Z]\w*_(HOME|ROOT|DIR|PREFIX)|GOROOT|VIRTUAL_ENV|DENO_INSTALL)$/;

/** The host's files cannot be read. */
const files: ProbeFunction = async ({ canaryFile, run }) => {
  const keys = [".ssh", ".npmrc", ".netrc", ".aws", ".config", ".cargo/credentials.toml"];
  const paths = [canaryFile, "/etc/shadow", "/run/docker.sock", ...keys.map((name) => join(homedir(), name))];
  const { output } = await run([
    "sh",
    "-c",
    'for p in "$@"; do [ -e "$p" ] && echo "$p"; done; true',
    "sh",
    ...paths,
  ]);
  return { held: output.trim() === "", detail: output.trim() || `none of ${paths.length} paths is there` };
};

/** Nothing of the controller's environment or command lines shows, in the own environment or anybody's. */
const environment: ProbeFunction = async ({ sandbox, canary, run }) => {
  const script = "env; cat /proc/*/environ /proc/*/cmdline 2>/dev/null | tr '\\0' '\\n'; true";
  const [own, all] = await Promise.all([run(["env"]), run(["sh", "-c", script])]);
  const names = own.output
    .split("\n")
    .flatMap((line) => (line.includes("=") ? [line.split("=", 1)[0] ?? ""] : []));
  // an image has variables of its own, which are the operator's choice
  const image = sandbox.name === "docker" || sandbox.name === "podman";
  const foreign = image ? [] : names.filter((name) => !ALLOWED.test(name));
  const held = foreign.length === 0 && !all.output.includes(canary);
  return {
    held,
    detail: held ? names.join(" ") : `also there: ${foreign.join(" ") || "the probe's secret"}`,
  };
};

/** What would be written to must only be asked about: where nothing holds, the probe itself would do the harm. */
const writing: ProbeFunction = async ({ sandbox, canary, canaryFile, run }) => {
  const paths = [
    "/",
    "/usr",
    "/etc",
    // gVisor's is memory of its own, gone with the command, and cannot be read-only: /dev/null would be as well
    ...(sandbox.name === "gvisor" ? [] : ["/dev"]),
    "/etc/passwd",
    "/proc/sys/kernel/core_pattern",
    "/proc/sysrq-trigger",
  ];
  const script =
    'for p in "$@"; do [ -w "$p" ] && echo "$p"; done; (echo x >>"$1") 2>/dev/null && echo "$1"; true';
  const { output } = await run(["sh", "-c", script, "sh", canaryFile, ...paths]);
  const intact = readFileSync(canaryFile, "utf8") === canary;
  const held = output.trim() === "" && intact;
  return { held, detail: held ? "read-only everywhere but in the folder, /tmp and HOME" : output.trim() };
};

/** No descriptor but standard input, output and error leads out. */
const descriptors: ProbeFunction = async ({ run }) => {
  const { output } = await run(["sh", "-c", "exec 0</dev/null; ls -l /proc/self/fd"]);
  const open = [...output.matchAll(/(\d+) -> (.*)/g)].filter(
    ([, fd, target]) => Number(fd) > 2 && target !== "/dev/null" && !target?.startsWith("/proc/"),
  );
  return { held: open.length === 0, detail: open.map(([line]) => line).join(", ") || "none inherited" };
};

/** Every way out that is tried, by the name that is shown. */
export const probes: Readonly<Record<string, ProbeFunction>> = {
  files,
  environment,
  writing,
  descriptors,
  network: probeNetwork,
  kernel: probeKernel,
  processes: probeProcesses,
  limits: probeLimits,
};
