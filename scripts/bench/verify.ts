import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Measure, median, row } from "./row.ts";
import { fromBuild, fromSource } from "./run-local.ts";
import { commit, edits, makeSample } from "./sample.ts";

const runs = 5;

/** What the proof costs beside one run of the suite without any. */
export const verification: Measure = {
  name: "verify",
  async measure({ folder, noBuild }) {
    const { repository } = await makeSample(folder);
    const plain = () => timed("npm", ["test"], repository, {});
    const entry = noBuild === null ? fromBuild : fromSource;
    const suites: number[] = [];
    await plain();
    for (let run = 0; run < runs; run++) suites.push(await plain());
    for (const { input } of edits) await apply(repository, input as Edit);
    commit(repository, "Add all parts up");
    const args = [entry, "verify", "--repo", repository, "--base", "HEAD~1"];
    const proofs: number[] = [];
    for (let run = 0; run < runs; run++)
      proofs.push(await timed(process.execPath, args, repository, { TMPDIR: folder }));
    const note = `${Math.round(median(proofs))} ms ÷ ${Math.round(median(suites))} ms on the demo's sample, three suites in it`;
    const ratios = proofs.map((proof) => proof / median(suites));
    return [row("`firstdraft verify` ÷ one bare run of the suite", ratios, "×", null, note)];
  },
};

interface Edit {
  readonly file_path: string;
  readonly old_string: string;
  readonly new_string: string;
}

async function apply(repository: string, { file_path, old_string, new_string }: Edit): Promise<void> {
  const path = join(repository, file_path);
  await writeFile(
    path,
    (await readFile(path, "utf8")).replace(old_string, () => new_string),
  );
}

/** Milliseconds until the program has ended well. */
async function timed(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const { PATH = "", HOME = "" } = process.env;
  const start = performance.now();
  const child = spawn(program, args, {
    cwd,
    env: { PATH, HOME, CI: "true", ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [[code], complaint] = await Promise.all([once(child, "exit"), text(child.stderr)]);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}: ${complaint}`);
  return performance.now() - start;
}
