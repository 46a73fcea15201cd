import { Problem } from "../log/problem.ts";
import type { Architecture } from "./seccomp.ts";

/** This machine's architecture. Throws `sandbox-platform` where no sandbox can be. */
export function supported(): Architecture {
  const { arch, platform } = process;
  if (platform === "linux" && (arch === "x64" || arch === "arm64")) return arch;
  throw new Problem("sandbox-platform", { platform: `${platform} ${arch}` });
}
