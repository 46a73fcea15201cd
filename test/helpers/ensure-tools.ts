import { ensureSandbox } from "../../src/demo/ensure-sandbox.ts";

/** Before all tests: what they cannot do without, installed where that is allowed, else said in one line. */
export default function ensureTools(): void {
  const lines: string[] = [];
  if (!ensureSandbox((line) => lines.push(line))) throw new Error(lines.join("\n"));
}
