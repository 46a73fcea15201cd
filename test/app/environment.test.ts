import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { addressesOf, probotOf } from "../../src/app/environment.ts";
import { remove, temporary } from "../job/stores.ts";
import { aKey } from "./door.ts";

const PRIVATE_KEY = aKey();
const good = { APP_ID: "1", PRIVATE_KEY, WEBHOOK_SECRET: "s", LOG_LEVEL: "silent" };
let dir = "";
beforeEach(() => {
  dir = temporary();
});
afterEach(() => remove(dir));

test.each([
  ["APP_ID", "app-variable-missing", { APP_ID: "" }],
  ["PRIVATE_KEY", "app-variable-missing", { PRIVATE_KEY: "" }],
  ["WEBHOOK_SECRET", "app-variable-missing", { WEBHOOK_SECRET: "" }],
  ["APP_ID", "app-variable-invalid", { APP_ID: "my-app" }],
  ["PRIVATE_KEY", "app-variable-invalid", { PRIVATE_KEY: "no key" }],
  ["PRIVATE_KEY_PATH", "app-variable-invalid", { PRIVATE_KEY: "", PRIVATE_KEY_PATH: "/nowhere/key.pem" }],
])("%s: %s", async (name, code, change) => {
  await expect(probotOf({ ...good, ...change })).rejects.toMatchObject({
    code,
    what: expect.stringContaining(name),
  });
});

test("a key in a file, and a key on one line with \\n as deployment platforms keep it", async () => {
  const path = join(dir, "key.pem");
  writeFileSync(path, PRIVATE_KEY);
  await probotOf({ ...good, PRIVATE_KEY: "", PRIVATE_KEY_PATH: path });
  await probotOf({ ...good, PRIVATE_KEY: PRIVATE_KEY.replaceAll("\n", "\\n") });
});

test("Probot's addresses, by default and by variable", () => {
  expect(addressesOf({})).toEqual({
    host: "localhost",
    port: 3000,
    webhookPath: "/api/github/webhooks",
    apiUrl: "https://api.github.com",
    metrics: null,
  });
  const set = {
    HOST: "0.0.0.0",
    PORT: "80",
    WEBHOOK_PATH: "/hook",
    GHE_HOST: "git.example",
    GHE_PROTOCOL: "http",
    METRICS_PORT: "9464",
  };
  expect(addressesOf(set)).toEqual({
    host: "0.0.0.0",
    port: 80,
    webhookPath: "/hook",
    apiUrl: "http://git.example/api/v3",
    metrics: { host: "127.0.0.1", port: 9464 },
  });
  expect(addressesOf({ ...set, METRICS_HOST: "10.0.0.1" }).metrics).toEqual({ host: "10.0.0.1", port: 9464 });
});

test.each([{ PORT: "http" }, { METRICS_PORT: "http" }, { GHE_HOST: "git example" }])("refused: %p", (env) => {
  expect(() => addressesOf(env)).toThrow(
    /^The environment variable (PORT|METRICS_PORT|GHE_HOST) cannot be used/,
  );
});
