import { Problem } from "../log/problem.ts";
import type { Sandbox } from "./sandbox.ts";
import { selfTest } from "./self-test.ts";

/** Tries to get out of the sandbox in every known way. Throws `sandbox-leaks` with what succeeded; `none` holds nothing, and that was accepted. */
export async function requireHeld(sandbox: Sandbox): Promise<void> {
  if (sandbox.name === "none") return;
  const passed = (await selfTest(sandbox)).filter(({ held }) => !held);
  if (passed.length === 0) return;
  const ways = passed.map(({ name, detail }) => `${name} (${detail.replaceAll(/\s+/g, " ").slice(0, 200)})`);
  throw new Problem("sandbox-leaks", { ways: ways.join("; ") });
}
