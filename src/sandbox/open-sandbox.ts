import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SandboxProvider, SandboxSettings } from "../config/types.ts";
import { Problem } from "../log/problem.ts";
import { bubblewrap } from "./bubblewrap.ts";
import { engineSandbox } from "./engine/engine.ts";
import { openEngine } from "./engine/open-engine.ts";
import { gvisor } from "./gvisor.ts";
import { readMachine } from "./machine.ts";
import { noSandbox } from "./none.ts";
import { withOutlet } from "./outlet/with-outlet.ts";
import { defaultQuota, withQuota } from "./quota.ts";
import type { Sandbox } from "./sandbox.ts";

/**
 * `owner`: a name that one controller at a time has, by which the next one finds what it left running.
 * A sandbox that has run a command on this machine a moment ago. Throws a `Problem` (`sandbox-…`) with what to change
 * where there is none, and never gives a weaker one than was asked for.
 */
export async function openSandbox(
  { provider, image, acceptNoSandbox, networkHosts }: SandboxSettings,
  owner?: string,
): Promise<Sandbox> {
  if (provider === "none") {
    if (!acceptNoSandbox) throw new Problem("sandbox-none-not-accepted");
    return noSandbox();
  }
  const sandbox = withQuota(await openProvider(provider, image, owner), defaultQuota);
  await tryOut(sandbox);
  return networkHosts === undefined ? sandbox : withOutlet(sandbox, networkHosts);
}

async function openProvider(
  provider: Exclude<SandboxProvider, "none">,
  image: string | undefined,
  owner: string | undefined,
): Promise<Sandbox> {
  if (provider === "docker" || provider === "podman") {
    const { engine, path } = await openEngine(provider, image);
    return engineSandbox(owner === undefined ? engine : { ...engine, owner }, path);
  }
  const machine = await readMachine();
  return provider === "gvisor" ? gvisor(machine) : bubblewrap(machine);
}

async function tryOut(sandbox: Sandbox): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "firstdraft-"));
  try {
    await sandbox.adopt(folder);
    const { exitCode, output } = await sandbox.run({ argv: ["ls", "/"], folder, timeoutMs: 20_000 });
    // runsc of before 2024 runs, but answers calls that today's ls makes with "Invalid argument"
    if (exitCode !== 0 && sandbox.name === "gvisor") throw new Problem("sandbox-gvisor-old");
    if (exitCode !== 0) throw new Problem("sandbox-failed", { message: output.trim() || `exit ${exitCode}` });
  } catch (error) {
    throw error instanceof Problem && error.code === "sandbox-failed" ? diagnose(sandbox, error) : error;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The usual reasons for which bubblewrap does not start, by its own words and the kernel's settings. */
function diagnose({ name }: Sandbox, failure: Problem): Problem {
  if (name === "docker" || name === "podman") return failure;
  const because = { cause: failure };
  if (/unknown option/i.test(failure.what)) return new Problem("sandbox-too-old", {}, because);
  if (setting("kernel/apparmor_restrict_unprivileged_userns") === "1") {
    return new Problem("sandbox-apparmor", {}, because);
  }
  const off =
    setting("kernel/unprivileged_userns_clone") === "0" || setting("user/max_user_namespaces") === "0";
  const refused = /namespace|uid map|Operation not permitted|setuid/i.test(failure.what);
  return off || refused ? new Problem("sandbox-userns-blocked", {}, because) : failure;
}

function setting(name: string): string | null {
  try {
    return readFileSync(`/proc/sys/${name}`, "utf8").trim();
  } catch {
    return null; // a kernel without this setting
  }
}
