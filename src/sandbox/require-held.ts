import { Problem } from "../log/problem.ts";
import type { Sandbox } from "./sandbox.ts";
import { type Probe, selfTest } from "./self-test.ts";

/**
 * Tries to get out of the sandbox in every known way, and returns what was tried. Throws `sandbox-leaks` with what
 * succeeded; `none` holds nothing, and that was accepted.
 */
export async function requireHeld(sandbox: Sandbox): Promise<Probe[]> {
  if (sandbox.name === "none") return [];
  const tried = await selfTest(sandbox);
  const passed = tried.filter(({ held }) => !held);
  if (passed.length === 0) return tried;
  const ways = passed.map(({ name, detail }) => `${name} (${detail.replaceAll(/\s+/g, " ").slice(0, 200)})`);
  throw new Problem("sandbox-leaks", { ways: ways.join("; ") });
}
