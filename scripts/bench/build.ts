import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const files = ["index.js", "toolbox.js", "cli.js"].map((name) => join(root, "dist", name));

/** Builds if there is no build or it is older than its sources. Says why there is none, or null. */
export function ensureBuild(): string | null {
  const built = Math.min(...files.map(changed));
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" });
  if (sources.every((path) => changed(join(root, "src", path)) <= built)) return null;
  process.stderr.write("build …\n");
  const { status, stderr } = spawnSync(process.execPath, ["scripts/build.ts"], {
    cwd: root,
    encoding: "utf8",
  });
  if (status === 0) return null;
  const line = stderr.split("\n").find((text) => /error/i.test(text)) ?? `exit ${status}`;
  return `the build fails (${line.replace(/^[^\w]*/, "").slice(0, 120)})`;
}

/** When a file was written, in milliseconds since 1970; 0: it is not there. */
const changed = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
