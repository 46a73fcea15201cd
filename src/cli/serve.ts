import { once } from "node:events";
import { serve } from "../app/serve.ts";
import { createStages } from "../app/stages.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { requireHeld } from "../sandbox/require-held.ts";
import type { CliCommand } from "./command.ts";
import { readSettings, requireVariable } from "./settings.ts";

const help = `firstdraft serve

Runs the GitHub App until it is stopped. Reads Probot's environment (APP_ID, PRIVATE_KEY or PRIVATE_KEY_PATH,
WEBHOOK_SECRET, PORT, HOST, GHE_HOST, GHE_PROTOCOL, LOG_LEVEL), ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL, DATABASE_URL
(absent: an embedded database in DATA_DIR) and the FIRSTDRAFT_… variables of the README.
`;

export const command: CliCommand = {
  help,
  positionals: [],
  options: {},
  async run(given) {
    const { operator, redact } = readSettings(given);
    const apiKey = requireVariable("ANTHROPIC_API_KEY", "a key for the Messages API");
    const sandbox = await openSandbox(operator.sandbox);
    await requireHeld(sandbox);
    const stages = createStages({ operator, apiKey, sandbox, redact }, (line) =>
      process.stderr.write(`${line}\n`),
    );
    const { dataDir, databaseUrl } = operator;
    const database = databaseUrl === undefined ? {} : { databaseUrl };
    const serving = await serve({ env: process.env, dataDir, ...database, stages, redact });
    process.stderr.write(`firstdraft listens on ${serving.url}\n`);
    await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
    await serving.close();
    return 0;
  },
};
