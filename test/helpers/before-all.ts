import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureSandbox } from "../../src/demo/ensure-sandbox.ts";
import { templates } from "./data-folder.ts";

/** Before all tests: what they cannot do without, installed where that is allowed, else said in one line. */
export default function beforeAll(): void {
  const lines: string[] = [];
  if (!ensureSandbox((line) => lines.push(line))) throw new Error(lines.join("\n"));
  const folder = mkdtempSync(join(tmpdir(), "firstdraft-templates-"));
  process.env[templates] = folder;
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
}
