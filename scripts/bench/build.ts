import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const files = ["index.js", "toolbox.js", "cli.js"].map((name) => join(root, "dist", name));

/** Builds if there is no build. Says why there is none, or null. */
export async function ensureBuild(): Promise<string | null> {
  if (files.every((file) => existsSync(file))) return null;
  process.stderr.write("build …\n");
  const { status, stderr } = spawnSync(process.execPath, ["scripts/build.ts"], {
    cwd: root,
    encoding: "utf8",
  });
  if (status === 0) return null;
  const line = stderr.split("\n").find((text) => /error/i.test(text)) ?? `exit ${status}`;
  return `the build fails (${line.replace(/^[^\w]*/, "").slice(0, 120)})`;
}
