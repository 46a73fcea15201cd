import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { knownSecrets } from "../../src/config/known-secrets.ts";
import { createRedact } from "../../src/log/redact.ts";

test("keys, the App's key in its file, and what setup is given are taken out of every text", () => {
  const folder = mkdtempSync(join(tmpdir(), "firstdraft-test-"));
  const PRIVATE_KEY_PATH = join(folder, "key.pem");
  writeFileSync(
    PRIVATE_KEY_PATH,
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----\n",
  );
  const hooks = { WEBHOOK_SECRET: "secret-of-hooks", WEBHOOK_SECRET_OLD: "older-hook-secret" };
  const env = { ANTHROPIC_API_KEY: "key-of-the-model", PRIVATE_KEY_PATH, ...hooks };
  const redact = createRedact(knownSecrets(env, { PACKAGES_TOKEN: "token-for-packages" }));
  rmSync(folder, { recursive: true });
  expect(redact("key-of-the-model MIIEowIBAAKCAQEA token-for-packages")).toBe(
    "[redacted] [redacted] [redacted]",
  );
  expect(redact("secret-of-hooks older-hook-secret")).toBe("[redacted] [redacted]");
});

test("of an address only its name and password are secret", () => {
  const setupEnv = {
    INDEX: "https://builder-name:p%40ssword-of-it@packages.example.com/simple",
    PLAIN: "https://packages.example.com/simple",
  };
  const env = { DATABASE_URL: "postgres://app:a-database-password@localhost:5432/firstdraft" };
  const redact = createRedact(knownSecrets(env, setupEnv));
  expect(redact.knows("+resolved https://packages.example.com/simple/left-pad")).toBe(false);
  expect(redact.knows("+postgres://localhost:5432/firstdraft")).toBe(false);
  for (const text of ["p%40ssword-of-it", "p@ssword-of-it", "builder-name", "a-database-password"]) {
    expect(redact(`x ${text} y`)).toBe("x [redacted] y");
  }
});

test("of a collector the headers' values are secret, and who enters by its address, but not where it is", () => {
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: "https://sender:password-of-sender@collector.example.com:4318",
    OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20token/of/the/collector,x-key=another-key-of-it",
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: "x-traces=key%2Dof%2Dthe%2Dtraces",
  };
  const redact = createRedact(knownSecrets(env, {}));
  for (const text of [
    "password-of-sender",
    "token/of/the/collector",
    "another-key-of-it",
    "key-of-the-traces",
  ])
    expect(redact(`x ${text} y`)).toBe("x [redacted] y");
  expect(redact("https://collector.example.com:4318 authorization x-key")).not.toContain("[redacted]");
});

test("nothing set is nothing known", () => {
  expect(knownSecrets({ PRIVATE_KEY_PATH: "/nowhere/key.pem" }, {})).toEqual([]);
});
