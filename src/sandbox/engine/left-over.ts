import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Problem } from "../../log/problem.ts";
import type { Engine } from "./arguments.ts";
import { clientEnvironment } from "./open-engine.ts";
import { ownerLabel } from "./owner-label.ts";

/**
 * Removes the containers of `owner`'s that outlived an earlier controller, where that and the processes beside its clients
 * were killed together. For who knows that no other controller of this name is at work. Throws `sandbox-left-over`.
 */
export async function removeLeftOver({ name, program }: Engine, owner: string): Promise<void> {
  const ask = async (...words: string[]): Promise<string[]> => {
    const { stdout } = await promisify(execFile)(program, words, {
      env: clientEnvironment(name),
      timeout: 60_000,
    });
    return stdout.split("\n").filter((line) => line !== "");
  };
  const find = () => ask("ps", "--all", "--quiet", "--filter", `label=${ownerLabel(owner)}`);
  try {
    const found = await find();
    if (found.length === 0) return;
    // One may end by itself meanwhile: what counts is that none is left.
    await ask("kill", "--signal", "KILL", ...found).catch(() => []);
    await ask("rm", "--force", ...found).catch(() => []);
    const left = await find();
    if (left.length > 0) throw new Error(`${left.length} are still there`);
  } catch (cause) {
    throw new Problem("sandbox-left-over", { provider: name, message: (cause as Error).message }, { cause });
  }
}
