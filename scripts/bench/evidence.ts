import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { memoryBaselines } from "../../src/verify/baselines.ts";
import { lookAt } from "../../src/verify/look.ts";
import { findPlan } from "../../src/verify/plan/find-plan.ts";
import { verify } from "../../src/verify/verify.ts";
import { checkout } from "../../src/workspace/checkout.ts";
import { filesOf } from "../../test/verify/languages/files-of.ts";
import { type Fixture, fixture } from "../../test/verify/repository.ts";
import { sandboxWithPackages } from "../../test/verify/verifying.ts";
import { fixtures, fixturesAsked, isThere, type Measured, outside } from "./fixtures.ts";
import { type Measure, median, notMeasured, type Row, row } from "./row.ts";

const runs = 3;
const aim = { sign: "≤", value: 2 } as const;

type Config = NonNullable<Measured["config"]>;

/**
 * The proof of each language's fixture beside one bare run of its suite, with and without what is kept of the base. The
 * fixtures' own suites take less than a second, in which the start of every process counts: some are measured grown, too.
 */
export const evidence: Measure = {
  name: "evidence",
  async measure({ folder, fixtures: asked }) {
    const sandbox = await sandboxWithPackages();
    const rows: Row[] = [];
    for (const [name, { program, grown, config = {} }] of fixturesAsked(asked)) {
      if (!isThere(program)) {
        rows.push(notMeasured(`proof ÷ one bare suite, ${name}`, "×", aim, `${program} is not there`));
        continue;
      }
      rows.push(...(await measureOne(name, name, {}, config, sandbox, folder)));
      if (grown === undefined) continue;
      const title = `${name} × ${grown.times}`;
      rows.push(...(await measureOne(name, title, copies(name, grown), config, sandbox, folder)));
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
  name: string,
  title: string,
  more: Record<string, string>,
  config: Config,
  sandbox: Sandbox,
  folder: string,
): Promise<Row[]> {
  process.stderr.write(`  ${title}\n`);
  const what = (kind: string) => `proof ÷ one bare suite, ${title}, ${kind}`;
  using on = await fixture({ ...filesOf(join(fixtures, name, "base")), ...more });
  const head = on.change(filesOf(join(fixtures, name, "verified/change")));
  const bare: number[] = [];
  for (let run = 0; run <= runs; run++) bare.push(await bareSuite(on, head, config, folder));
  const suite = median(bare.slice(1));
  const cold: number[] = [];
  const warm: number[] = [];
  for (let run = 0; run < runs; run++) {
    const baselines = memoryBaselines();
    const prove = () =>
      timed(async () => {
        const { verdict } = await verify({
          ...{ repository: on.repository, baseTree: on.baseTree, headTree: head, sandbox, baselines },
          config: { network: "none", tests: [], ...config },
          ...{ scratch: join(on.scratch, `${run}`), limits: { testMs: 600_000, setupMs: 600_000 } },
          ...{ redact: (text: string) => text, emit: () => undefined },
        });
        if (verdict !== "verified") throw new Error(`${title} is ${verdict}`);
      });
    cold.push((await prove()) / suite);
    warm.push((await prove()) / suite);
  }
  const note = `one bare suite: ${Math.round(suite)} ms`;
  return [row(what("base kept"), warm, "×", aim, note), row(what("nothing kept"), cold, "×", null, note)];
}

/** Milliseconds of the suite alone, in a checkout of its own and without any sandbox; `folder` keeps its caches. */
async function bareSuite(on: Fixture, head: string, config: Config, folder: string): Promise<number> {
  const place = await mkdtemp(join(folder, "bare-"));
  await checkout(on.repository, head, place);
  const home = join(folder, "home");
  await mkdir(home, { recursive: true });
  // A person's own Maven repository would decide on what is found; Java takes no notice of HOME. A rustup of a person's own
  // has its programs at home.
  const own = {
    JAVA_TOOL_OPTIONS: `-Duser.home=${home}`,
    RUSTUP_HOME: process.env.RUSTUP_HOME ?? join(homedir(), ".rustup"),
  };
  const environment = { PATH: process.env.PATH, HOME: home, CI: "true", ...own };
  const sh = (text: string) =>
    execFileSync("sh", ["-c", text], { cwd: place, stdio: "ignore", env: environment });
  if (typeof config.setup === "string") sh(outside(config.setup));
  const plan = await findPlan(await lookAt(on.repository, head), config, null);
  return timed(async () => void sh(plan.test ?? "false"));
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
