import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { moveRows } from "../job/move-rows.ts";
import { all } from "../job/queues.ts";
import { endActive } from "../job/rows.ts";
import { openStore, openTables } from "../job/store.ts";
import { Problem } from "../log/problem.ts";
import type { CliCommand } from "./command.ts";
import { show } from "./screen.ts";
import { readSettings, requireVariable } from "./settings.ts";

const help = `firstdraft move [--json]

Takes the jobs, and the money of all runs, from the embedded database in DATA_DIR to the PostgreSQL of DATABASE_URL, which has
none yet. The App must not run meanwhile. Afterwards it is started with DATABASE_URL and the same DATA_DIR; what was embedded
stays as it was, as DATA_DIR/queue-moved.

  --json   one object on standard output
`;

export const command: CliCommand = {
  help,
  positionals: [],
  options: { json: { type: "boolean" } },
  async run(given) {
    const { operator, redact } = readSettings(given);
    const databaseUrl = requireVariable("DATABASE_URL", "the PostgreSQL to move to");
    const { dataDir } = operator;
    const folder = join(dataDir, "queue");
    if (!existsSync(folder)) throw new Problem("move-nothing", { dir: dataDir });
    const moved = `${folder}-moved`;
    if (existsSync(moved)) throw new Problem("move-before", { dir: moved });
    const onError = () => {};
    const from = await openStore({ dataDir, onError });
    const counts = await (async () => {
      const to = await openTables({ dataDir, databaseUrl, onError });
      // Nobody works on these: the folder is ours.
      for (const queue of all) await endActive(from.boss, queue);
      return moveRows(from.sql, to.sql).finally(to.close);
    })().finally(from.close);
    await rename(folder, moved);
    const list = Object.entries(counts).map(([table, rows]) => `  ${table}  ${rows}`);
    const text = ["Moved, in rows:", ...list, "Start the App with DATABASE_URL and the same DATA_DIR."].join(
      "\n",
    );
    show({ json: { moved: counts }, text }, given.flag("json"), redact);
    return 0;
  },
};
