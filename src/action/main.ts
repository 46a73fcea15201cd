import { info, notice, setFailed, setSecret, summary } from "@actions/core";
import { knownSecrets } from "../config/known-secrets.ts";
import { Problem } from "../log/problem.ts";
import { createRedact } from "../log/redact.ts";
import { ignoredLine, isOfChecks } from "../report/ignored.ts";
import { act } from "./act.ts";
import { generate } from "./generate.ts";
import { input, readMode } from "./inputs.ts";
import { publish } from "./publish.ts";
import { show } from "./show.ts";
import { showProof } from "./show-proof.ts";
import { verifyAsked } from "./verify-asked.ts";
import { openLog, withoutCommands } from "./workflow-log.ts";

const listed = (input("setup-env") || (process.env.FIRSTDRAFT_SETUP_ENV ?? "")).split(",");
const setupEnv = Object.fromEntries(listed.map((name) => [name.trim(), process.env[name.trim()] ?? ""]));
const given = [input("anthropic-api-key"), input("github-token")].filter((value) => value !== "");
const secrets = [...given, ...knownSecrets(process.env, setupEnv)];
for (const secret of given) setSecret(secret);
const redact = createRedact(secrets);
const log = openLog(redact);

// A runner that cancels a job sends SIGINT, then SIGTERM, and gives ten seconds in all.
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => stop.abort(new Problem("run-cancelled")));
}

try {
  const options = { env: process.env, redact, emit: log.emit, signal: stop.signal };
  const mode = readMode();
  if (mode === "verify") await tell(await verifyAsked(options), showProof);
  else await tell(await { draft: act, generate, publish }[mode](options), show);
} catch (error) {
  log.close();
  const text = (error instanceof Error ? error.stack : undefined) ?? String(error);
  if (!(error instanceof Problem)) info(withoutCommands(redact(text)));
  setFailed(withoutCommands(redact(error instanceof Error ? error.message : text)));
}

/** What came of it, or one notice of why that is nothing. */
async function tell<T extends object>(
  result: T | { readonly ignored: string },
  show: (result: T, to: typeof log, clean: typeof redact) => Promise<void>,
): Promise<void> {
  log.close();
  if ("ignored" in result) {
    notice(ignoredLine(result.ignored));
    if (isOfChecks(result.ignored) && process.env.GITHUB_STEP_SUMMARY)
      await summary.addRaw(ignoredLine(result.ignored), true).write();
  } else await show(result, log, redact);
}
