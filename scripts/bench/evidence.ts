import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { memoryBaselines } from "../../src/verify/baselines.ts";
import { lookAt } from "../../src/verify/look.ts";
import { findPlan } from "../../src/verify/plan/find-plan.ts";
import { verify } from "../../src/verify/verify.ts";
import { checkout } from "../../src/workspace/checkout.ts";
import { filesOf } from "../../test/verify/languages/files-of.ts";
import { type Fixture, fixture } from "../../test/verify/repository.ts";
import { linkPackages, sandboxWithPackages } from "../../test/verify/verifying.ts";
import { type Measure, median, notMeasured, type Row, row } from "./row.ts";

const runs = 3;
const aim = { sign: "≤", value: 2 } as const;
const fixtures = "test/fixtures/languages";

interface Measured {
  readonly name: string;
  /** What has to be there. */
  readonly program: string;
  /** How often a file, or a folder, of the base is laid beside itself to make a suite of several seconds. */
  readonly grown?: { readonly path: string; readonly times: number };
}

/** The fixtures that need nothing installed by the network. */
const measured: readonly Measured[] = [
  { name: "node-test", program: "node", grown: { path: "test/compare.test.js", times: 100 } },
  { name: "jest", program: "node", grown: { path: "cache.test.js", times: 150 } },
  { name: "vitest", program: "node", grown: { path: "src/parse.test.js", times: 150 } },
  { name: "mocha", program: "node" },
  { name: "jest-ts", program: "node", grown: { path: "src/__tests__/months.test.ts", times: 150 } },
  { name: "pytest", program: "python3", grown: { path: "tests/test_merge.py", times: 1000 } },
  { name: "unittest", program: "python3" },
  { name: "go", program: "go", grown: { path: "lines/", times: 40 } },
  { name: "cargo", program: "cargo", grown: { path: "tests/mean.rs", times: 15 } },
  { name: "googletest", program: "ctest" },
  { name: "catch2", program: "ctest" },
];
const fromPackages = /^(jest|vitest|mocha|jest-ts)$/;

/**
 * The proof of each language's fixture beside one bare run of its suite, with and without what is kept of the base. The
 * fixtures' own suites take less than a second, in which the start of every process counts: some are measured grown, too.
 */
export const evidence: Measure = {
  name: "evidence",
  async measure({ folder }) {
    const sandbox = await sandboxWithPackages();
    const rows: Row[] = [];
    for (const one of measured) {
      rows.push(...(await measureOne(one, {}, sandbox, folder)));
      if (one.grown === undefined) continue;
      const more = copies(one.name, one.grown);
      rows.push(
        ...(await measureOne({ ...one, name: `${one.name} × ${one.grown.times}` }, more, sandbox, folder)),
      );
    }
    return rows;
  },
};

/** `a/b.test.js` as `a/b_1.test.js`, `a/b_2.test.js`, …; `lines/` with all in it as `lines_1/`, … */
function copies(name: string, { path, times }: { path: string; times: number }): Record<string, string> {
  const base = Object.entries(filesOf(join(fixtures, name, "base")));
  const all = Array.from({ length: times }, (_, index) =>
    base
      .filter(([file]) => file.startsWith(path))
      .map(([file, text]) => [file.replace(path, path.replace(/(?=\/$|\.[\w.]+$)/, `_${index + 1}`)), text]),
  );
  return Object.fromEntries(all.flat());
}

async function measureOne(
  { name, program }: Measured,
  more: Record<string, string>,
  sandbox: Sandbox,
  folder: string,
): Promise<Row[]> {
  const what = (kind: string) => `proof ÷ one bare suite, ${name}, ${kind}`;
  if (!isThere(program)) return [notMeasured(what("base kept"), "×", aim, `${program} is not there`)];
  const [own = name] = name.split(" ");
  using on = await fixture({ ...filesOf(join(fixtures, own, "base")), ...more });
  const head = on.change(filesOf(join(fixtures, own, "verified/change")));
  const links = fromPackages.test(own);
  const bare: number[] = [];
  for (let run = 0; run <= runs; run++) bare.push(await bareSuite(on, head, links, folder));
  const suite = median(bare.slice(1));
  const cold: number[] = [];
  const warm: number[] = [];
  for (let run = 0; run < runs; run++) {
    const baselines = memoryBaselines();
    const prove = () =>
      timed(async () => {
        const { verdict } = await verify({
          ...{ repository: on.repository, baseTree: on.baseTree, headTree: head, sandbox, baselines },
          config: { network: "none", tests: [], ...(links ? { setup: linkPackages } : {}) },
          ...{ scratch: join(on.scratch, `${run}`), limits: { testMs: 600_000, setupMs: 600_000 } },
          ...{ redact: (text: string) => text, emit: () => undefined },
        });
        if (verdict !== "verified") throw new Error(`${name} is ${verdict}`);
      });
    cold.push((await prove()) / suite);
    warm.push((await prove()) / suite);
  }
  const note = `one bare suite: ${Math.round(suite)} ms`;
  return [row(what("base kept"), warm, "×", aim, note), row(what("nothing kept"), cold, "×", null, note)];
}

/** Milliseconds of the suite alone, in a checkout of its own, without any sandbox. */
async function bareSuite(on: Fixture, head: string, links: boolean, folder: string): Promise<number> {
  const place = await mkdtemp(join(folder, "bare-"));
  await checkout(on.repository, head, place);
  if (links && !existsSync(join(place, "node_modules")))
    await symlink(resolve("node_modules"), join(place, "node_modules"));
  const plan = await findPlan(await lookAt(on.repository, head), {}, null);
  return timed(async () => {
    execFileSync("sh", ["-c", plan.test ?? "false"], { cwd: place, stdio: "ignore", env: environment() });
  });
}

const environment = () => ({ PATH: process.env.PATH, HOME: process.env.HOME, CI: "true" });

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function isThere(program: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
