import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { type Measure, median, row } from "./row.ts";

const rounds = 3;
const each = 40;

/** A command in the sandbox and the same command without, in turns. */
export const command: Measure = {
  name: "command",
  async measure({ folder }) {
    const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
    const top = await mkdtemp(join(folder, "command-"));
    await chmod(top, 0o711);
    const workspace = join(top, "workspace");
    await mkdir(workspace);
    await sandbox.adopt(workspace);
    const sandboxed = () => sandbox.run({ argv: ["true"], folder: workspace, timeoutMs: 10_000 });
    const bare = () => once(spawn("true", { cwd: workspace, stdio: ["ignore", "pipe", "pipe"] }), "close");

    const differences: number[] = [];
    const without: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const times = { sandboxed: [] as number[], bare: [] as number[] };
      for (let i = 0; i < each; i++) {
        times.sandboxed.push(await timed(sandboxed));
        times.bare.push(await timed(bare));
      }
      differences.push(median(times.sandboxed) - median(times.bare));
      without.push(median(times.bare));
    }
    const note = `\`true\` bare: ${median(without).toFixed(1)} ms; ${each} of each in turns`;
    return [
      row("a sandboxed command beside a bare one, more by", differences, "ms", { sign: "≤", value: 7 }, note),
    ];
  },
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
