import { join, resolve } from "node:path";
import { getInput } from "@actions/core";
import { readOperatorConfig } from "../config/operator-config.ts";
import type { OperatorConfig } from "../config/types.ts";
import { Problem } from "../log/problem.ts";

/** Inputs that are an operator's setting, by the variable of that setting. */
const settings = {
  FIRSTDRAFT_LABEL: "label",
  FIRSTDRAFT_MODEL: "model",
  FIRSTDRAFT_MAX_USD: "max-usd",
  FIRSTDRAFT_MAX_TURNS: "max-turns",
  FIRSTDRAFT_MAX_MINUTES: "max-minutes",
  FIRSTDRAFT_SETUP_ENV: "setup-env",
  ANTHROPIC_BASE_URL: "anthropic-base-url",
} as const;

/** None has a default in action.yml: it would always be set, and the variable never be heard. */
export const settingNames = Object.values(settings);

/** Every input of action.yml. */
export const inputNames = [
  "github-token",
  "anthropic-api-key",
  "mode",
  "issue-number",
  "pull-request-number",
  "sarif-file",
  "draft-file",
  ...settingNames,
] as const;

type InputName = (typeof inputNames)[number];

/** Without blanks around it; empty if it is not set. */
export const input = (name: InputName): string => getInput(name);

/** An input that there is no run without. `example` is the expression that a workflow gives it by. */
export function requireInput(name: InputName, example: string): string {
  const value = input(name);
  if (value === "") throw new Problem("input-missing", { name, value: example });
  return value;
}

const modes = ["draft", "generate", "publish", "verify"] as const;

/** What the step is for. Throws a Problem that names the modes. */
export function readMode(): (typeof modes)[number] {
  const given = input("mode") || "draft";
  const mode = modes.find((one) => one === given);
  if (mode === undefined)
    throw new Problem("setting-invalid", { name: "mode", allowed: "draft, generate, publish or verify" });
  return mode;
}

/** Where one job leaves a draft for the other; an absolute path. */
export const draftFilePath = (): string => resolve(input("draft-file") || "firstdraft.json");

/** The run of the workflow that both jobs belong to. Run again, a job may still use what the other left before. */
export const workflowRun = (env: NodeJS.ProcessEnv): string => runnerVariable(env, "GITHUB_RUN_ID");

/** A variable that every runner sets. */
export function runnerVariable(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value)
    throw new Problem("variable-missing", { name, purpose: "what a runner of GitHub Actions has there" });
  return value;
}

/**
 * The operator's settings: an input where there is one, else the variable of the workflow. Throws a Problem that names
 * the wrong one.
 */
export function readOperator(env: NodeJS.ProcessEnv): OperatorConfig {
  const given = Object.entries(settings).map(([variable, name]) => [variable, input(name) || env[variable]]);
  const { DATABASE_URL: _foreign, ...rest } = env;
  const dataDir = join(runnerVariable(env, "RUNNER_TEMP"), "firstdraft");
  return readOperatorConfig({ ...rest, ...Object.fromEntries(given), DATA_DIR: dataDir }, shown);
}

const shown = (variable: string): string =>
  Object.hasOwn(settings, variable) ? settings[variable as keyof typeof settings] : variable;
