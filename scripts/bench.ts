import { readdirSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureBuild } from "./bench/build.ts";
import { bundle } from "./bench/bundle.ts";
import { command } from "./bench/command.ts";
import { draft } from "./bench/draft.ts";
import { evidence } from "./bench/evidence.ts";
import { fixtures } from "./bench/fixtures.ts";
import { idle } from "./bench/idle.ts";
import { load } from "./bench/load.ts";
import { queue } from "./bench/queue.ts";
import { resume } from "./bench/resume.ts";
import { isMet, type Row } from "./bench/row.ts";
import { start } from "./bench/start.ts";
import { currentLoad, machine, table } from "./bench/table.ts";
import { perTurn } from "./bench/turns.ts";
import { verification } from "./bench/verify.ts";
import { webhooks } from "./bench/webhooks.ts";

const help = `npm run bench -- [--only NAME]… [--fixture NAME]… [--json]

Measures what firstdraft itself costs: the model is a script on this machine that answers at once, all else is real.
Nothing is printed that was not measured in this very run. Needs what firstdraft needs: Linux, git, bubblewrap.

  --only NAME   one of: `;

const measures = [
  start,
  perTurn,
  command,
  verification,
  evidence,
  draft,
  webhooks,
  queue,
  resume,
  idle,
  load,
  bundle,
];
const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    fixture: { type: "string", multiple: true },
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});
const names = measures.map(({ name }) => name).join(", ");
const unknown =
  values.only?.find((name) => !measures.some((each) => each.name === name)) ??
  values.fixture?.find((name) => !readdirSync(fixtures).includes(name));
if (values.help || unknown !== undefined) {
  process.stdout.write(
    `${help}${names}\n  --fixture NAME  for evidence: not every language's, but this one\n  --json        one JSON object instead of the table\n`,
  );
  process.exit(values.help ? 0 : 2);
}

const before = currentLoad();
const folder = await mkdtemp(join(tmpdir(), "firstdraft-bench-"));
// The sandbox's user has to pass through, as it does through the usual temporary folder.
await chmod(folder, 0o711);
try {
  const place = { folder, noBuild: ensureBuild(), fixtures: values.fixture ?? null };
  const rows: Row[] = [];
  for (const { name, measure } of measures) {
    if (values.only !== undefined && !values.only.includes(name)) continue;
    process.stderr.write(`${name} …\n`);
    const measured = await measure(place);
    // Here too, so that what is broken off later has not been measured in vain.
    process.stderr.write(`${table(measured)}\n`);
    rows.push(...measured);
  }
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ machine: machine(before), rows: rows.map((row) => ({ ...row, met: isMet(row) })) }, null, 2)}\n`
      : `${table(rows)}\n\n${machine(before)}\n`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
