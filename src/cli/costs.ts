import { openLedger } from "../job/ledger.ts";
import { openTables } from "../job/store.ts";
import { costsTable } from "../report/costs.ts";
import type { CliCommand } from "./command.ts";
import { show } from "./screen.ts";
import { readSettings } from "./settings.ts";

const help = `firstdraft costs [--json]

What the App's runs cost, by repository and month: in all, by draft, and by draft that was merged. Reads DATABASE_URL, or
DATA_DIR while no App is at work on it.

  --json   one object on standard output
`;

export const command: CliCommand = {
  help,
  positionals: [],
  options: { json: { type: "boolean" } },
  async run(given) {
    const { operator, redact } = readSettings(given);
    const { dataDir, databaseUrl } = operator;
    const database = databaseUrl === undefined ? {} : { databaseUrl };
    const tables = await openTables({ dataDir, ...database, onError: () => {} });
    try {
      const costs = await openLedger(tables.sql, operator.purses).costs();
      show({ json: { costs }, text: costsTable(costs) }, given.flag("json"), redact);
      return 0;
    } finally {
      await tables.close();
    }
  },
};
