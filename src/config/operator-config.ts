import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { Problem } from "../log/problem.ts";
import type { OperatorConfig } from "./types.ts";

const positive = (most: number) => z.coerce.number().positive().max(most);
const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const minutes = positive(24 * 60);
const price = /^(\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)$/;

/** Each variable: what it may be, in the schema's words and in the person's. */
const variables = {
  FIRSTDRAFT_LABEL: [z.string().max(50).default("ai-generate"), "a label of up to 50 characters"],
  DATA_DIR: [z.string().optional(), "a folder"],
  DATABASE_URL: [z.url({ protocol: /^postgres(ql)?$/ }).optional(), "a postgres:// address"],
  FIRSTDRAFT_MODEL: [
    z
      .string()
      .regex(/^[\w.:@/-]{1,100}$/)
      .optional(),
    "a model id",
  ],
  FIRSTDRAFT_PRICE: [
    z.string().regex(price).optional(),
    "input/output in US dollars per million tokens, e.g. 3/15",
  ],
  ANTHROPIC_BASE_URL: [z.url({ protocol: /^https?$/ }).optional(), "an http:// or https:// address"],
  FIRSTDRAFT_SECOND_LOOK: [z.enum(["yes", "no"]).default("yes"), "yes or no"],
  FIRSTDRAFT_ASK: [z.enum(["yes", "no"]).default("yes"), "yes or no"],
  FIRSTDRAFT_SANDBOX: [
    z.enum(["bubblewrap", "gvisor", "docker", "podman", "none"]).default("bubblewrap"),
    "bubblewrap, gvisor, docker, podman or none",
  ],
  FIRSTDRAFT_SANDBOX_IMAGE: [
    z
      .string()
      .regex(/^\w[\w.:@/-]{0,255}$/)
      .optional(),
    "the name of an image, with its tag or digest",
  ],
  FIRSTDRAFT_ACCEPT_NO_SANDBOX: [z.enum(["yes", "no"]).default("no"), "yes or no"],
  FIRSTDRAFT_SETUP_ENV: [
    z
      .string()
      .regex(/^\s*[A-Za-z_]\w*(\s*,\s*[A-Za-z_]\w*)*\s*,?\s*$/)
      .default(""),
    "names of environment variables, separated by commas",
  ],
  FIRSTDRAFT_SETUP_HOSTS: [
    z
      .string()
      .refine((list) => namesIn(list).length > 0 && namesIn(list).every(isHost))
      .refine((list) => !namesIn(list).includes("any") || namesIn(list).length === 1)
      .default("registries, repository"),
    "any alone, or registries, repository and names of hosts, separated by commas, each for HTTPS or with a port of its own; a name without a dot, other than localhost, needs one",
  ],
  FIRSTDRAFT_MAX_USD: [positive(1000).default(2), "US dollars, above 0 and up to 1000"],
  FIRSTDRAFT_MAX_USD_ISSUE: [positive(1_000_000).optional(), "US dollars, above 0 and up to 1000000"],
  FIRSTDRAFT_MAX_USD_REPOSITORY_DAY: [
    positive(1_000_000).optional(),
    "US dollars, above 0 and up to 1000000",
  ],
  FIRSTDRAFT_MAX_USD_INSTALLATION_MONTH: [
    positive(1_000_000).optional(),
    "US dollars, above 0 and up to 1000000",
  ],
  FIRSTDRAFT_MAX_TURNS: [count(1, 1000).default(60), "a whole number from 1 to 1000"],
  FIRSTDRAFT_MAX_MINUTES: [minutes.default(30), "minutes, above 0 and up to 1440"],
  FIRSTDRAFT_ROUNDS: [count(0, 20).default(3), "a whole number from 0 to 20"],
  FIRSTDRAFT_TEST_MINUTES: [minutes.default(10), "minutes, above 0 and up to 1440"],
  FIRSTDRAFT_SETUP_MINUTES: [minutes.default(10), "minutes, above 0 and up to 1440"],
  FIRSTDRAFT_HUNK_MINUTES: [z.coerce.number().min(0).max(60).default(3), "minutes from 0 to 60"],
  FIRSTDRAFT_LINT_MINUTES: [z.coerce.number().min(0).max(60).default(2), "minutes from 0 to 60"],
  FIRSTDRAFT_MAX_LINES: [count(1, 1_000_000).default(400), "a whole number from 1 to 1000000"],
  FIRSTDRAFT_MAX_ATTEMPTS: [count(1, 1000).default(5), "a whole number from 1 to 1000"],
  FIRSTDRAFT_CI_ROUNDS: [count(0, 20).default(2), "a whole number from 0 to 20"],
  FIRSTDRAFT_CI_MINUTES: [z.coerce.number().min(0).max(720).default(60), "minutes from 0 to 720"],
  FIRSTDRAFT_MAX_REPOSITORY_MIB: [count(1, 1_048_576).default(2048), "MiB, a whole number from 1 to 1048576"],
  FIRSTDRAFT_RUNS_PER_REPOSITORY: [count(1, 20).default(1), "a whole number from 1 to 20"],
  FIRSTDRAFT_GITHUB_LIMITS: [z.enum(["yes", "no"]).optional(), "yes or no"],
  FIRSTDRAFT_REGENERATE_MINUTES: [
    z.coerce
      .number()
      .min(0)
      .max(24 * 60)
      .default(0),
    "minutes from 0 to 1440",
  ],
} as const;

/** What belongs to firstdraft itself; installing dependencies never sees it, whatever the operator lists. */
const ownSecrets =
  /^(ANTHROPIC_|APP_ID$|PRIVATE_KEY|WEBHOOK_SECRET|GITHUB_|GH_TOKEN$|ACTIONS_|RUNNER_|DATABASE_URL$|LD_|NODE_OPTIONS$)/i;

/**
 * Reads the operator's settings; an empty variable counts as absent. Throws a Problem that names the wrong one, as
 * `shown` calls it.
 */
export function readOperatorConfig(
  env: NodeJS.ProcessEnv,
  shown = (variable: string) => variable,
): OperatorConfig {
  const value = <Name extends keyof typeof variables>(name: Name): z.output<(typeof variables)[Name][0]> => {
    const [schema, allowed] = variables[name];
    const parsed = schema.safeParse(env[name]?.trim() || undefined);
    if (!parsed.success) throw new Problem("setting-invalid", { name: shown(name), allowed });
    return parsed.data as z.output<(typeof variables)[Name][0]>;
  };
  const [, input, output] = price.exec(value("FIRSTDRAFT_PRICE") ?? "") ?? [];
  const limits = value("FIRSTDRAFT_GITHUB_LIMITS");
  return {
    label: value("FIRSTDRAFT_LABEL"),
    dataDir: resolve(value("DATA_DIR") ?? defaultDataDir(env)),
    ...present("databaseUrl", value("DATABASE_URL")),
    ...present("model", value("FIRSTDRAFT_MODEL")),
    ...present("price", input && { inputPerMTok: Number(input), outputPerMTok: Number(output) }),
    ...present("anthropicBaseUrl", value("ANTHROPIC_BASE_URL")),
    repositoryMib: value("FIRSTDRAFT_MAX_REPOSITORY_MIB"),
    runsPerRepository: value("FIRSTDRAFT_RUNS_PER_REPOSITORY"),
    ...present("githubLimits", limits && limits === "yes"),
    regeneratePause: value("FIRSTDRAFT_REGENERATE_MINUTES"),
    secondLook: value("FIRSTDRAFT_SECOND_LOOK") === "yes",
    ask: value("FIRSTDRAFT_ASK") === "yes",
    sandbox: {
      provider: value("FIRSTDRAFT_SANDBOX"),
      ...present("image", value("FIRSTDRAFT_SANDBOX_IMAGE")),
      acceptNoSandbox: value("FIRSTDRAFT_ACCEPT_NO_SANDBOX") === "yes",
      ...present("networkHosts", hostsIn(value("FIRSTDRAFT_SETUP_HOSTS"))),
    },
    setupEnv: setupEnvironment(value("FIRSTDRAFT_SETUP_ENV"), env, shown("FIRSTDRAFT_SETUP_ENV")),
    limits: {
      usd: value("FIRSTDRAFT_MAX_USD"),
      turns: value("FIRSTDRAFT_MAX_TURNS"),
      minutes: value("FIRSTDRAFT_MAX_MINUTES"),
      rounds: value("FIRSTDRAFT_ROUNDS"),
      testMinutes: value("FIRSTDRAFT_TEST_MINUTES"),
      setupMinutes: value("FIRSTDRAFT_SETUP_MINUTES"),
      hunkMinutes: value("FIRSTDRAFT_HUNK_MINUTES"),
      lintMinutes: value("FIRSTDRAFT_LINT_MINUTES"),
      lines: value("FIRSTDRAFT_MAX_LINES"),
      attempts: value("FIRSTDRAFT_MAX_ATTEMPTS"),
      ciRounds: value("FIRSTDRAFT_CI_ROUNDS"),
      ciMinutes: value("FIRSTDRAFT_CI_MINUTES"),
    },
    purses: {
      ...present("issue", value("FIRSTDRAFT_MAX_USD_ISSUE")),
      ...present("repositoryDay", value("FIRSTDRAFT_MAX_USD_REPOSITORY_DAY")),
      ...present("installationMonth", value("FIRSTDRAFT_MAX_USD_INSTALLATION_MONTH")),
    },
  };
}

/** The XDG Base Directory Specification's place for a user's data. */
function defaultDataDir(env: NodeJS.ProcessEnv): string {
  return join(env.XDG_DATA_HOME || join(homedir(), ".local", "share"), "firstdraft");
}

const namesIn = (list: string): string[] =>
  list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/**
 * `name` or `name:port`. What is none would open nothing, and nobody would be told; nor is a slip of one of our own words
 * a host, so a name without a dot needs a port.
 */
function isHost(text: string): boolean {
  if (/^[\w-]+$/.test(text)) return /^(?:any|registries|repository|localhost)$/.test(text);
  const [, port = "443"] = /^\w[\w-]*(?:\.\w[\w-]*)*(?::(\d{1,5}))?$/.exec(text) ?? [null, "0"];
  return Number(port) >= 1 && Number(port) <= 65_535;
}

/** undefined: any. */
function hostsIn(list: string): string[] | undefined {
  const names = namesIn(list);
  return names[0] === "any" ? undefined : names;
}

/** Variables that are listed but not set are left out: one list may serve several machines. */
function setupEnvironment(list: string, env: NodeJS.ProcessEnv, shown: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of list.split(",").map((part) => part.trim())) {
    if (ownSecrets.test(name)) throw new Problem("setting-names-secret", { list: shown, name });
    const value = env[name];
    if (value) found[name] = value;
  }
  return found;
}

function present<Name extends string, Value>(name: Name, value: Value | undefined | "") {
  return (value === undefined || value === "" ? {} : { [name]: value }) as {
    [Key in Name]?: Exclude<Value, "">;
  };
}
