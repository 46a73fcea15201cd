import { execFileSync, spawnSync } from "node:child_process";

const debian = "apt-get install -y bubblewrap";

/** Installs bubblewrap where that is allowed without asking; else says what to type. Returns whether it is there. */
export function ensureSandbox(say: (line: string) => void): boolean {
  if (has("bwrap")) return true;
  const prefix = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  if (has("apt-get") && (prefix.length === 0 || works(["sudo", "-n", "true"]))) {
    say(`bubblewrap is not installed; installing it: ${debian}`);
    try {
      run([...prefix, "apt-get", "update", "-qq"]);
      run([...prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "bubblewrap"]);
    } catch {
      // What apt-get says stands on the screen; the line below is what is left to do.
    }
    if (has("bwrap")) return true;
  }
  say(`bubblewrap is missing. Type this, then run the demo again: sudo ${debian}`);
  return false;
}

const has = (program: string) => works(["sh", "-c", `command -v ${program}`]);

function works([program = "", ...args]: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}

function run([program = "", ...args]: readonly string[]): void {
  execFileSync(program, args, { stdio: ["ignore", "ignore", "inherit"] });
}
