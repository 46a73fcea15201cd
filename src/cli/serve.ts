import { once } from "node:events";
import { openMetrics } from "../app/metrics.ts";
import { serve } from "../app/serve.ts";
import { openTracing } from "../app/tracing/open-tracing.ts";
import { logLines } from "../log/log-lines.ts";
import { Problem } from "../log/problem.ts";
import type { CliCommand } from "./command.ts";
import { openWorkshop } from "./open-workshop.ts";
import { readSettings } from "./settings.ts";

const help = `firstdraft serve [--role ROLE]

Runs the GitHub App until it is stopped. Reads Probot's environment (APP_ID, PRIVATE_KEY or PRIVATE_KEY_PATH,
WEBHOOK_SECRET, PORT, HOST, GHE_HOST, GHE_PROTOCOL, LOG_LEVEL, LOG_FORMAT), METRICS_PORT, METRICS_HOST,
OTEL_EXPORTER_OTLP_ENDPOINT, ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL, DATABASE_URL (absent: an embedded database in DATA_DIR)
and the FIRSTDRAFT_… variables of the README.

  --role ROLE   web takes webhooks in, and needs no key for the model and no sandbox; worker works on what is queued, and
                needs no WEBHOOK_SECRET; all, the default, does both. The first two share a PostgreSQL (DATABASE_URL), and
                each process has a DATA_DIR of its own
`;

/** Milliseconds from the signal to the end of the process: container engines kill after ten seconds. */
const longest = 9000;

const roles = ["web", "worker", "all"] as const;

function roleIn(text = "all"): (typeof roles)[number] {
  const role = roles.find((one) => one === text);
  if (role !== undefined) return role;
  throw new Problem("usage", {
    command: "serve",
    text: `--role takes ${roles.join(", ")}, and was given ${text}`,
  });
}

export const command: CliCommand = {
  help,
  positionals: [],
  options: { role: { type: "string" } },
  async run(given) {
    const { operator, redact } = readSettings(given);
    const role = roleIn(given.text("role"));
    const { dataDir, databaseUrl, purses, runsPerRepository, githubLimits } = operator;
    // From the beginning: who is told to end while it starts ends in the same way.
    const told = Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]).then(() =>
      // What still hangs then, a database or a command, keeps nothing: the queue and the journal have it.
      setTimeout(() => process.exit(0), longest),
    );
    if (role !== "all" && databaseUrl === undefined) throw new Problem("role-needs-database", { role });
    const format = process.env.LOG_FORMAT === "json" ? "json" : "text";
    const log = logLines(format, redact, (line) => process.stderr.write(line));
    const metrics = openMetrics();
    const tracing = role === "web" ? null : await openTracing(redact, log);
    const shared = { operator, redact, count: metrics.count };
    const serving = await serve({
      ...{
        env: process.env,
        webhooks: role !== "worker",
        dataDir,
        redact,
        metrics,
        purses,
        runsPerRepository,
        limits: githubLimits,
      },
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      ...(tracing === null ? {} : await openWorkshop(shared, log, tracing.traced)),
    });
    const also = serving.metricsUrl === null ? "" : `, metrics are at ${serving.metricsUrl}`;
    log(`firstdraft listens on ${serving.url}${also}`);
    const end = await told;
    await serving.close();
    // A connection that a collector does not answer on would keep the process.
    if ((await tracing?.close()) === false) process.exit(0);
    end.unref();
    return 0;
  },
};
