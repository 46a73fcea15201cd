import { homedir } from "node:os";
import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { effectiveLimits } from "../../src/config/effective-limits.ts";
import { readOperatorConfig } from "../../src/config/operator-config.ts";

test("an empty environment gives the defaults", () => {
  expect(readOperatorConfig({ FIRSTDRAFT_MODEL: "", DATABASE_URL: " " })).toEqual({
    label: "ai-generate",
    dataDir: `${homedir()}/.local/share/firstdraft`,
    repositoryMib: 2048,
    runsPerRepository: 1,
    regeneratePause: 0,
    purses: {},
    secondLook: true,
    ask: true,
    sandbox: {
      provider: "bubblewrap",
      acceptNoSandbox: false,
      networkHosts: ["registries", "repository"],
    },
    setupEnv: {},
    limits: {
      usd: 2,
      turns: 60,
      minutes: 30,
      rounds: 3,
      testMinutes: 10,
      setupMinutes: 10,
      hunkMinutes: 3,
      lintMinutes: 2,
      lines: 400,
      attempts: 5,
      ciRounds: 2,
      ciMinutes: 60,
    },
  });
});

test("every setting is read", () => {
  const env = {
    FIRSTDRAFT_LABEL: "draft",
    DATA_DIR: "data",
    DATABASE_URL: "postgres://u:p@host/db",
    FIRSTDRAFT_MODEL: "claude-x",
    FIRSTDRAFT_PRICE: "0.5/2",
    ANTHROPIC_BASE_URL: "http://127.0.0.1:8080",
    FIRSTDRAFT_SANDBOX: "none",
    FIRSTDRAFT_SANDBOX_IMAGE: "ci.example:5000/tools:3@sha256:0123",
    FIRSTDRAFT_ACCEPT_NO_SANDBOX: "yes",
    FIRSTDRAFT_SETUP_ENV: "NPM_CONFIG_REGISTRY, PIP_INDEX_URL,UNSET",
    NPM_CONFIG_REGISTRY: "http://registry.example",
    PIP_INDEX_URL: "http://pip.example",
    OTHER: "not listed",
    FIRSTDRAFT_SETUP_HOSTS: "packages.example, mirror.example:8443,",
    FIRSTDRAFT_MAX_USD: "0.25",
    FIRSTDRAFT_MAX_USD_ISSUE: "4",
    FIRSTDRAFT_MAX_USD_REPOSITORY_DAY: "10",
    FIRSTDRAFT_MAX_USD_INSTALLATION_MONTH: "99.5",
    FIRSTDRAFT_MAX_TURNS: "5",
    FIRSTDRAFT_MAX_MINUTES: "1.5",
    FIRSTDRAFT_ROUNDS: "0",
    FIRSTDRAFT_TEST_MINUTES: "2",
    FIRSTDRAFT_SETUP_MINUTES: "3",
    FIRSTDRAFT_HUNK_MINUTES: "0",
    FIRSTDRAFT_LINT_MINUTES: "1",
    FIRSTDRAFT_MAX_LINES: "50",
    FIRSTDRAFT_MAX_REPOSITORY_MIB: "700",
    FIRSTDRAFT_RUNS_PER_REPOSITORY: "3",
    FIRSTDRAFT_REGENERATE_MINUTES: "5",
    FIRSTDRAFT_GITHUB_LIMITS: "no",
    FIRSTDRAFT_ASK: "no",
  };
  expect(readOperatorConfig(env)).toEqual({
    repositoryMib: 700,
    runsPerRepository: 3,
    githubLimits: false,
    regeneratePause: 5,
    purses: { issue: 4, repositoryDay: 10, installationMonth: 99.5 },
    label: "draft",
    dataDir: resolve("data"),
    databaseUrl: "postgres://u:p@host/db",
    model: "claude-x",
    price: { inputPerMTok: 0.5, outputPerMTok: 2 },
    anthropicBaseUrl: "http://127.0.0.1:8080",
    secondLook: true,
    ask: false,
    sandbox: {
      image: "ci.example:5000/tools:3@sha256:0123",
      provider: "none",
      acceptNoSandbox: true,
      networkHosts: ["packages.example", "mirror.example:8443"],
    },
    setupEnv: { NPM_CONFIG_REGISTRY: "http://registry.example", PIP_INDEX_URL: "http://pip.example" },
    limits: {
      usd: 0.25,
      turns: 5,
      minutes: 1.5,
      rounds: 0,
      testMinutes: 2,
      setupMinutes: 3,
      hunkMinutes: 0,
      lintMinutes: 1,
      lines: 50,
      attempts: 5,
      ciRounds: 2,
      ciMinutes: 60,
    },
  });
});

test.each([
  ["FIRSTDRAFT_MAX_USD", "free", "US dollars"],
  ["FIRSTDRAFT_MAX_USD", "-7777", "US dollars"],
  ["FIRSTDRAFT_MAX_USD", "Infinity", "US dollars"],
  ["FIRSTDRAFT_MAX_USD_ISSUE", "-7777", "US dollars"],
  ["FIRSTDRAFT_MAX_USD_REPOSITORY_DAY", "ten", "US dollars"],
  ["FIRSTDRAFT_MAX_USD_INSTALLATION_MONTH", "2000000", "US dollars"],
  ["FIRSTDRAFT_MAX_TURNS", "1.5", "whole number"],
  ["FIRSTDRAFT_SANDBOX", "chroot", "bubblewrap, gvisor, docker, podman or none"],
  ["FIRSTDRAFT_SANDBOX_IMAGE", "--privileged", "the name of an image, with its tag or digest"],
  ["FIRSTDRAFT_ACCEPT_NO_SANDBOX", "true", "yes or no"],
  ["FIRSTDRAFT_PRICE", "7777", "e.g. 3/15"],
  ["DATABASE_URL", "mysql://secret@x/y", "postgres://"],
  ["ANTHROPIC_BASE_URL", "localhost:3000", "https://"],
  ["FIRSTDRAFT_SETUP_ENV", "A B", "commas"],
  ["FIRSTDRAFT_SETUP_HOSTS", "https://packages.example", "names of hosts"],
  ["FIRSTDRAFT_SETUP_HOSTS", "packages.example:99999", "names of hosts"],
  ["FIRSTDRAFT_SETUP_HOSTS", "registries, ..", "names of hosts"],
  ["FIRSTDRAFT_SETUP_HOSTS", "registry, repository", "a name without a dot"],
  ["FIRSTDRAFT_SETUP_HOSTS", "Registries", "a name without a dot"],
  ["FIRSTDRAFT_SETUP_HOSTS", "ANY", "a name without a dot"],
  ["FIRSTDRAFT_SETUP_HOSTS", "any, packages.example", "any alone"],
  ["FIRSTDRAFT_SETUP_HOSTS", "packages.example, any", "any alone"],
])("%s=%s is refused with what is allowed, without the value", (name, value, allowed) => {
  const read = () => readOperatorConfig({ [name]: value });

  expect(read).toThrow(
    expect.objectContaining({ code: "setting-invalid", what: expect.stringContaining(name) }),
  );
  expect(read).toThrow(expect.objectContaining({ fix: expect.stringContaining(allowed) }));
  expect(read).not.toThrow(value);
});

test.each(["ANTHROPIC_API_KEY", "PRIVATE_KEY", "WEBHOOK_SECRET", "GITHUB_TOKEN", "DATABASE_URL"])(
  "%s never reaches a repository's code",
  (name) => {
    const read = () => readOperatorConfig({ FIRSTDRAFT_SETUP_ENV: `HTTP_PROXY,${name}` });
    expect(read).toThrow(expect.objectContaining({ code: "setting-names-secret" }));
  },
);

test.each([
  [undefined, ["registries", "repository"]],
  ["registries", ["registries"]],
  ["registries, mirror.example:8443", ["registries", "mirror.example:8443"]],
  ["company.example", ["company.example"]],
  ["localhost, mirror:443", ["localhost", "mirror:443"]],
  ["any", undefined],
])("FIRSTDRAFT_SETUP_HOSTS=%s", (value, hosts) => {
  const env = value === undefined ? {} : { FIRSTDRAFT_SETUP_HOSTS: value };
  expect(readOperatorConfig(env).sandbox.networkHosts).toEqual(hosts);
});

test("a repository lowers limits and never raises them", () => {
  const operator = {
    usd: 2,
    turns: 60,
    minutes: 30,
    rounds: 3,
    testMinutes: 10,
    setupMinutes: 10,
    hunkMinutes: 3,
    lintMinutes: 2,
    lines: 400,
    attempts: 5,
    ciRounds: 2,
    ciMinutes: 60,
  };

  expect(effectiveLimits(operator, { usd: 1, turns: 100, rounds: 0 })).toEqual({
    ...operator,
    usd: 1,
    rounds: 0,
  });
});
