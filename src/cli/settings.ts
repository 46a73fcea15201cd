import { knownSecrets } from "../config/known-secrets.ts";
import { readOperatorConfig } from "../config/operator-config.ts";
import type { OperatorConfig } from "../config/types.ts";
import { Problem } from "../log/problem.ts";
import { createRedact, type Redact } from "../log/redact.ts";

export interface Settings {
  readonly operator: OperatorConfig;
  readonly redact: Redact;
}

/** The operator's settings from the environment, with what the command line says about model and money on top. */
export function readSettings(given: { text(name: string): string | undefined }): Settings {
  const over = { FIRSTDRAFT_MODEL: given.text("model"), FIRSTDRAFT_MAX_USD: given.text("max-usd") };
  const set = Object.fromEntries(Object.entries(over).filter(([, value]) => value !== undefined));
  const operator = readOperatorConfig({ ...process.env, ...set });
  return { operator, redact: createRedact(knownSecrets(process.env, operator.setupEnv)) };
}

/** A variable that the command cannot do without. */
export function requireVariable(name: string, purpose: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Problem("variable-missing", { name, purpose });
  return value;
}

/** The options that `readSettings` knows. */
export const modelOptions = { model: { type: "string" }, "max-usd": { type: "string" } } as const;

export const modelHelp = `  --model ID       the model; default FIRSTDRAFT_MODEL, else the newest Sonnet
  --max-usd N      most that the run may spend; default FIRSTDRAFT_MAX_USD, else 2`;
