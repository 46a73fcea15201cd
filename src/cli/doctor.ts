import { execFile } from "node:child_process";
import { access, constants, mkdir } from "node:fs/promises";
import { promisify } from "node:util";
import { defaultModel } from "../agent/live-model.ts";
import { priceOf } from "../agent/prices.ts";
import { lackingForChecks } from "../app/lacking.ts";
import type { OperatorConfig } from "../config/types.ts";
import { Problem } from "../log/problem.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { requireHeld } from "../sandbox/require-held.ts";
import type { CliCommand } from "./command.ts";
import { show } from "./screen.ts";
import { readSettings } from "./settings.ts";

const help = `firstdraft doctor [--json]

What this machine and its settings lack for firstdraft, and how to mend it.

  --json   one object on standard output

Exit codes: 0 nothing is missing, 2 a setting is, 3 something on this machine is.
`;

interface Check {
  readonly name: string;
  /** \`optional\`: not there, and not needed for every command. */
  readonly state: "ok" | "missing" | "optional";
  readonly detail: string;
  readonly exitCode: 2 | 3;
}

export const command: CliCommand = {
  help,
  positionals: [],
  options: { json: { type: "boolean" } },
  async run(given) {
    const { operator, redact } = readSettings(given);
    const checks = [
      nodeCheck(),
      await gitCheck(),
      await sandboxCheck(operator),
      setupCheck(operator),
      await dataCheck(operator),
      modelCheck(operator),
      variableCheck("ANTHROPIC_API_KEY", "missing", "set it to a key for the Messages API"),
      variableCheck("GITHUB_TOKEN", "optional", "needed by firstdraft run"),
      ...["APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET"].map((name) =>
        variableCheck(name, "optional", "needed by firstdraft serve"),
      ),
      ...(await appChecks()),
    ];
    const missing = checks.filter(({ state }) => state === "missing");
    const limits = Object.entries(operator.limits).map(([name, value]) => `${name} ${value}`);
    const text = [...checks.map(line), "", `limits: ${limits.join(", ")}`].join("\n");
    show(
      { json: { ok: missing.length === 0, checks, limits: operator.limits }, text },
      given.flag("json"),
      redact,
    );
    return missing.length === 0 ? 0 : (Math.max(...missing.map(({ exitCode }) => exitCode)) as 2 | 3);
  },
};

const signs = { ok: "✓", missing: "✗", optional: "-" } as const;
const line = ({ name, state, detail }: Check) => `${signs[state]} ${name.padEnd(18)} ${detail}`;

function nodeCheck(): Check {
  const enough = Number(process.versions.node.split(".")[0]) >= 24;
  return {
    name: "Node",
    state: enough ? "ok" : "missing",
    detail: `${process.version}${enough ? "" : ": 24 or newer is needed"}`,
    exitCode: 3,
  };
}

async function gitCheck(): Promise<Check> {
  const version = await promisify(execFile)("git", ["--version"]).then(
    ({ stdout }) => stdout.trim(),
    () => null,
  );
  const detail = version ?? new Problem("git-missing").message;
  return { name: "git", state: version === null ? "missing" : "ok", detail, exitCode: 3 };
}

async function sandboxCheck({ sandbox: settings }: OperatorConfig): Promise<Check> {
  const about = { name: "sandbox", exitCode: 3 } satisfies Partial<Check>;
  try {
    const sandbox = await openSandbox(settings);
    if (sandbox.name === "none")
      return { ...about, state: "ok", detail: "none: generated code has this user's rights" };
    const { length } = await requireHeld(sandbox);
    return {
      ...about,
      state: "ok",
      detail: `${sandbox.name}, ${length} attempts to get out, none succeeded`,
    };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const exitCode = error.kind === "use" ? 2 : 3;
    return { ...about, exitCode, state: "missing", detail: error.message };
  }
}

/** Shown as it is read: a word with a slip in it is taken for a host. */
function setupCheck({ sandbox: { provider, networkHosts } }: OperatorConfig): Check {
  const all = provider === "none" || networkHosts === undefined;
  const detail = all ? "any host that this machine reaches" : networkHosts.join(", ") || "no host";
  return { name: "network of setup", state: "ok", detail, exitCode: 2 };
}

async function dataCheck({ dataDir, databaseUrl }: OperatorConfig): Promise<Check> {
  const about = { name: "data", exitCode: 3 } as const;
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.W_OK);
    return {
      ...about,
      state: "ok",
      detail: `${dataDir}${databaseUrl === undefined ? "" : ", jobs in PostgreSQL"}`,
    };
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? "";
    return {
      ...about,
      state: "missing",
      detail: new Problem("data-dir-unusable", { dir: dataDir, why }).message,
    };
  }
}

function modelCheck({ model = defaultModel, price }: OperatorConfig): Check {
  const known = priceOf(model, price) !== null;
  const detail = known
    ? model
    : `${model}: no price is known, so dollars are not limited; set FIRSTDRAFT_PRICE`;
  return { name: "model", state: known ? "ok" : "optional", detail, exitCode: 2 };
}

/** What the App that is set up here lacks, by GitHub's own word. All else goes on without it. */
async function appChecks(): Promise<Check[]> {
  if (!process.env.APP_ID || !(process.env.PRIVATE_KEY || process.env.PRIVATE_KEY_PATH)) return [];
  const about = { state: "optional", exitCode: 2 } as const;
  try {
    const lacking = await lackingForChecks(process.env);
    if (lacking.length === 0)
      return [{ ...about, name: "App", state: "ok", detail: "it has what checks of drafts need" }];
    return lacking.map(({ name, without, at }) => {
      const others = `not accepted by ${at.slice(0, 3).join(", ")}${at.length > 3 ? " and others" : ""}`;
      return {
        ...about,
        name,
        detail: `${at.length === 0 ? "the App does not have it" : others}: ${without}`,
      };
    });
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : "";
    return [{ ...about, name: "App", detail: `GitHub does not say what it may do: ${why}` }];
  }
}

function variableCheck(name: string, otherwise: "missing" | "optional", fix: string): Check {
  const set = (process.env[name] ?? "") !== "";
  return { name, state: set ? "ok" : otherwise, detail: set ? "set" : `not set: ${fix}`, exitCode: 2 };
}
