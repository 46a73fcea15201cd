import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, jest, test } from "@jest/globals";
import { clients } from "../../src/verify/prepare/hosts/clients.ts";
import { setupHosts } from "../../src/verify/prepare/hosts/setup-hosts.ts";
import { patience } from "../helpers/until.ts";
import { stageOf } from "../sandbox/stage.ts";
import { type PackageServer, sandboxWithOutlet, startPackageServer } from "./package-server.ts";

jest.setTimeout(patience);

const sandbox = await sandboxWithOutlet(["registries"]);
const scratch = mkdtempSync(join(tmpdir(), "firstdraft-hosts-"));
const server: PackageServer = await startPackageServer({
  yarn: {
    manifest: { version: "1.0.0", bin: { yarn: "yarn.js" } },
    files: { "yarn.js": '#!/usr/bin/env node\nconsole.log("https://yarns.example");\n' },
  },
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(scratch, { recursive: true, force: true });
});

const asked = (paths: readonly string[], setupEnv: Readonly<Record<string, string>> = {}, command = "make") =>
  setupHosts({ sandbox, scratch, setupEnv, paths, command, network: "setup" });

const files = ["package.json", "requirements.txt", "go.mod", "pom.xml", "sub/build.gradle"];

test.each(files)(
  "for %s its own client says where packages come from, without any configuration",
  async (file) => {
    const { hosts, silent } = await asked([file]);
    expect(silent).toEqual([]);
    expect(hosts.registries.length).toBeGreaterThan(0);
    for (const host of hosts.registries) expect(host).toMatch(/^[a-z\d-]+(\.[a-z\d-]+)+:443$/);
  },
);

test.each([
  ["npm", "package.json", { npm_config_registry: "http://npm.example:4873/x" }, ["npm.example:4873"]],
  [
    "pip",
    "pyproject.toml",
    {
      PIP_INDEX_URL: "https://user:pw@pip.example/simple",
      PIP_EXTRA_INDEX_URL: "http://more.example/simple",
    },
    ["more.example:80", "pip.example:443"],
  ],
  [
    "go",
    "go.work",
    { GOPROXY: "https://one.example,http://two.example:81|direct", GOSUMDB: "sums.example+1+key" },
    ["one.example:443", "sums.example:443", "two.example:81"],
  ],
  ["go without sums", "go.mod", { GOPROXY: "https://one.example", GOSUMDB: "off" }, ["one.example:443"]],
])("%s: what the operator gives it counts in the place of its own", async (_, file, env, hosts) => {
  const found = await asked([file], env as unknown as Record<string, string>);
  expect(found.hosts.registries.toSorted()).toEqual(hosts);
});

test("npm says its scopes' registries too, without their passwords", () => {
  const userconfig = join(scratch, "npmrc");
  const lines = ["@acme:registry=https://acme.example/a", "registry=http://npm.example:4873/"];
  writeFileSync(userconfig, [...lines, "//acme.example/:_authToken=canary-secret"].join("\n"));
  const [step = ""] = clients.find(({ name }) => name === "npm")?.steps ?? [];
  const env = { PATH: process.env.PATH, npm_config_userconfig: userconfig };
  const output = execFileSync("sh", ["-c", step], { encoding: "utf8", cwd: scratch, env });
  expect(output.trim().split("\n").toSorted()).toEqual([
    "http://npm.example:4873/",
    "https://acme.example/a",
  ]);
});

test("cargo's index says where its packages are", async () => {
  const index = `sparse+http://crates.example:${server.port}/index/`;
  const { hosts } = await asked(["Cargo.toml"], { CARGO_REGISTRIES_HERE_INDEX: index });
  expect(hosts.registries).toEqual(
    expect.arrayContaining([`crates.example:${server.port}`, "files.example:443"]),
  );
});

test("yarn is asked too, and brought by npm for that where the machine has none", async () => {
  const registry = { npm_config_registry: `http://npm.example:${server.port}/npm/` };
  const { hosts } = await asked(["yarn.lock"], registry);
  await using stage = await stageOf(sandbox);
  const { exitCode } = await stage.bash("command -v yarn");
  const yarns = exitCode === 0 ? [] : ["yarns.example:443"];
  expect(hosts.registries).toEqual(expect.arrayContaining([`npm.example:${server.port}`, ...yarns]));
});

test("a word in the command asks a client too; a client that says nothing is named, and opens nothing", async () => {
  const env = { PIP_NO_INDEX: "1" };
  expect(await asked([], env, "python3 -m venv .venv && .venv/bin/pip install x")).toEqual({
    hosts: { registries: [], repository: [] },
    silent: ["pip"],
  });
  expect(await asked(["Makefile"], env)).toMatchObject({ silent: [] });
});

test("nobody is asked where the operator's list leaves registries out, or there is no network", async () => {
  const sandboxes = [await sandboxWithOutlet(["a.example"]), sandbox];
  for (const [i, network] of (["setup", "none"] as const).entries()) {
    const options = { sandbox: sandboxes[i] ?? sandbox, scratch, paths: files, command: "npm ci", network };
    expect(await setupHosts(options)).toEqual({ hosts: { registries: [], repository: [] }, silent: [] });
  }
});
