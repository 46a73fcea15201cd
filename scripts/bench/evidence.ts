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

/** The fixtures that need nothing installed by the network, with the program that has to be there. */
const measured: readonly (readonly [name: string, program: string])[] = [
  ["node-test", "node"],
  ["jest", "node"],
  ["vitest", "node"],
  ["mocha", "node"],
  ["jest-ts", "node"],
  ["pytest", "python3"],
  ["unittest", "python3"],
  ["go", "go"],
  ["cargo", "cargo"],
  ["googletest", "ctest"],
  ["catch2", "ctest"],
];
const fromPackages = /^(jest|vitest|mocha|jest-ts)$/;

/** The proof of each language's fixture beside one bare run of its suite, with and without what is kept of the base. */
export const evidence: Measure = {
  name: "evidence",
  async measure({ folder }) {
    const sandbox = await sandboxWithPackages();
    const rows: Row[] = [];
    for (const [name, program] of measured) rows.push(...(await measureOne(name, program, sandbox, folder)));
    return rows;
  },
};

async function measureOne(name: string, program: string, sandbox: Sandbox, folder: string): Promise<Row[]> {
  const what = (kind: string) => `proof ÷ one bare suite, ${name}, ${kind}`;
  if (!isThere(program)) return [notMeasured(what("base kept"), "×", aim, `${program} is not there`)];
  using on = await fixture(filesOf(join(fixtures, name, "base")));
  const head = on.change(filesOf(join(fixtures, name, "verified/change")));
  const links = fromPackages.test(name);
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
