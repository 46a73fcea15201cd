import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, expect, jest, test } from "@jest/globals";
import type { RepositoryConfig } from "../../src/config/types.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { Setup } from "../../src/verify/plan/plan.ts";
import { prepareCheckout } from "../../src/verify/prepare/prepare-checkout.ts";
import { failedScripts, scriptsApart } from "../../src/verify/prepare/scripts-apart.ts";
import { type SetupNotes, setupFindings } from "../../src/verify/prepare/setup-notes.ts";
import { patience } from "../helpers/until.ts";
import { sandboxWithOutlet, startPackageServer } from "./package-server.ts";
import { type Files, type Fixture, fixture } from "./repository.ts";
import { packages } from "./verifying.ts";

jest.setTimeout(patience);

const proxied = 'echo "[$HTTPS_PROXY]" > proxied';
const server = await startPackageServer({
  good: { manifest: { scripts: { postinstall: proxied } } },
  bad: { manifest: { scripts: { install: "echo no such header; exit 7" } } },
  far: { from: "Telemetry.example:81" },
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});
const at = `registry.example:${server.port}`;
const setupEnv = {
  npm_config_registry: `http://${at}/npm/`,
  PIP_INDEX_URL: `http://${at}/simple`,
  PIP_TRUSTED_HOST: "registry.example",
  npm_config_fetch_retries: "0",
};
const open = await sandboxWithOutlet(["registries", "repository"]);

interface Installed {
  readonly prepared: Awaited<ReturnType<typeof prepareCheckout>>;
  readonly notes: readonly SetupNotes[];
  /** The text of a file in the checkout; null: there is none. */
  text(path: string): string | null;
}

async function install(
  on: Fixture,
  command: string,
  {
    network = "setup",
    sandbox = open,
    readsSources = false,
  }: { network?: RepositoryConfig["network"]; sandbox?: Sandbox; readsSources?: boolean } = {},
): Promise<Installed> {
  const notes: SetupNotes[] = [];
  const folder = join(on.scratch, "checkout");
  const setup: Setup = { command, folder: "", manifests: [], readsSources, near: true };
  const prepared = await prepareCheckout({
    ...{ repository: on.repository, tree: on.baseTree, scratch: on.scratch, folder, home: `${folder}-home` },
    ...{ setups: [setup], sandbox, network, setupEnv, setupMs: 60_000, noteSetup: (one) => notes.push(one) },
  });
  return {
    prepared,
    notes,
    text: (path) => (existsSync(join(folder, path)) ? readFileSync(join(folder, path), "utf8") : null),
  };
}

const project = (more: object): Files => ({
  "package.json": JSON.stringify({ name: "app", version: "1.0.0", ...more }),
});
const npmInstall = "npm install --no-package-lock";

test("npm: packages come by the outlet, then scripts run without network; what failed or was refused is said", async () => {
  using on = await fixture({
    ...project({
      scripts: { prepare: 'echo "[$HTTPS_PROXY]" > own' },
      dependencies: { good: "1.0.0", bad: "1.0.0" },
      optionalDependencies: { far: "1.0.0" },
    }),
    // The repository's own word opens nothing.
    ".npmrc": "@acme:registry=http://acme.example/\n",
  });
  const { prepared, notes, text } = await install(on, npmInstall);
  expect(prepared).toEqual({ ready: true, without: [] });
  expect(text("node_modules/good/proxied")).toBe("[]\n");
  expect(text("own")).toBe("[]\n");
  expect(text("node_modules/bad/package.json")).not.toBeNull();
  expect(text("node_modules/far/package.json")).toBeNull();
  expect(notes).toEqual([
    {
      refused: [{ host: "telemetry.example:81", why: "not-listed", times: 1 }],
      ...{ silent: [], scripts: ["bad"] },
    },
  ]);
  expect(server.asked).toEqual(expect.arrayContaining([`${at}/npm/good`, `${at}/archives/good.tgz`]));
});

test("a registry that the repository names is refused; its configuration names none of this machine's network", async () => {
  const files = {
    ...project({ dependencies: { "@acme/a": "1.0.0" } }),
    ".npmrc": "@acme:registry=https://inner.example/\n",
  };
  for (const [network, why] of [
    ["setup", "not-listed"],
    [{ allow: ["inner.example"], scripts: false }, "address"],
  ] as const) {
    using on = await fixture(files);
    const { prepared, notes } = await install(on, npmInstall, { network });
    expect(prepared).toMatchObject({ ready: false });
    expect(notes[0]?.refused).toMatchObject([{ host: "inner.example:443", why }]);
  }
});

test("with `scripts: true` they have the network of the installation", async () => {
  using on = await fixture(project({ dependencies: { good: "1.0.0" } }));
  const { prepared, text } = await install(on, npmInstall, { network: { allow: [], scripts: true } });
  expect(prepared).toMatchObject({ ready: true });
  expect(text("node_modules/good/proxied")).toMatch(/^\[http:/);
});

test("a machine's whole network, where the operator opens it, is said", async () => {
  using on = await fixture({ "a.txt": "" });
  const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
  const { notes } = await install(on, "true", { sandbox });
  expect(setupFindings(notes, (text) => text)).toMatchObject([
    { gate: "setup", reason: expect.stringContaining("had the whole network") },
  ]);
  using without = await fixture({ "a.txt": "" });
  const { notes: none } = await install(without, "true", { sandbox, network: "none" });
  expect(setupFindings(none, (text) => text)).toEqual([]);
});

test("a script of the repository's own that fails is a setup that failed, where it may build", async () => {
  using on = await fixture(project({ scripts: { prepare: "exit 9" }, dependencies: { good: "1.0.0" } }));
  const { prepared, text } = await install(on, npmInstall, { readsSources: true });
  expect(prepared).toMatchObject({ ready: false });
  expect(text("node_modules/good/package.json")).toBeNull();
});

test("pnpm: the same, by its list of what it has not built", async () => {
  const mount = { host: resolve("node_modules"), inside: packages };
  const path = `PATH="${packages}/.bin:$PATH" exec "$@"`;
  const sandbox: Sandbox = {
    ...open,
    run: (command) =>
      open.run({
        ...command,
        argv: ["sh", "-c", path, "sh", ...command.argv],
        mounts: [...(command.mounts ?? []), mount],
      }),
  };
  const pnpm = { onlyBuiltDependencies: ["good", "bad"] };
  const dependencies = { good: "1.0.0" };
  using on = await fixture(
    project({ dependencies, pnpm, scripts: { prepare: 'echo "[$HTTPS_PROXY]" > own' } }),
  );
  const well = await install(on, "pnpm install", { sandbox });
  expect(well.prepared).toMatchObject({ ready: true });
  expect(well.text("node_modules/good/proxied")).toBe("[]\n");
  expect(well.text("own")).toBe("[]\n");

  using broken = await fixture(project({ dependencies: { ...dependencies, bad: "1.0.0" }, pnpm }));
  const ill = await install(broken, "pnpm install", { sandbox });
  expect(ill.prepared).toMatchObject({ ready: true });
  expect(ill.notes[0]?.scripts).toEqual(["bad"]);
});

test("pip installs by the outlet, from the index that it is given", async () => {
  using on = await fixture({ "requirements.txt": "smallest\n" });
  const { prepared, text, notes } = await install(
    on,
    "python3 -m pip install --no-deps --target installed -r requirements.txt; test -e installed/smallest.py",
  );
  expect(prepared).toMatchObject({ ready: true });
  expect(text("installed/smallest.py")).toBe("SIZE = 0\n");
  expect(notes[0]?.refused).toEqual([]);
});

test.each([
  ["npm ci", true],
  ["{ npm ci || npm ci --legacy-peer-deps; }", true],
  ["{ npm install --no-package-lock || npm install --no-package-lock --legacy-peer-deps; }", true],
  [
    '{ command -v yarn || npm install --global --prefix "$HOME/.local" yarn@1; } && yarn install --frozen-lockfile',
    true,
  ],
  ["npm ci && npm run build", false],
  ["npm ci --ignore-scripts=false", false],
  ["npm ci --ignore-scripts", false],
  ["npm run generate && npm ci", false],
  ["bun install --frozen-lockfile", false],
  ["make deps", false],
])("%s is an installation and nothing else: %s", (command, apart) => {
  expect(scriptsApart(command) !== null).toBe(apart);
});

test("the managers' words for a script that failed", () => {
  const output = [
    "error /workspace/node_modules/@acme/addon: Command failed.",
    ".../node_modules/bad install: Failed",
    "script failed: other",
    "script failed: other",
    "node_modules/fine install: Done",
  ];
  expect(failedScripts(output.join("\n"))).toEqual(["@acme/addon", "bad", "other"]);
});

test("what is said of all installations: each host once, the most asked for first, up to a number", () => {
  const hosts = Array.from(
    { length: 12 },
    (_, i) => ({ host: `h${i}.example:443`, why: "not-listed", times: i + 1 }) as const,
  );
  const notes = { refused: hosts, silent: ["composer"], scripts: ["b\u202ead"] };
  const inner = { host: "inner.example:443", why: "address", times: 1 } as const;
  const again = { refused: [...hosts.slice(0, 1), inner], silent: ["composer"], scripts: [] };
  const reasons = setupFindings([notes, again], (text) => text.replace("h11", "***")).map(
    ({ reason }) => reason,
  );
  expect(reasons).toEqual([
    expect.stringMatching(
      / FIRSTDRAFT_SETUP_HOSTS of the operator opens one: \*\*\*\.example \(12 times\), .*, 4 more\.$/,
    ),
    expect.stringMatching(
      / only FIRSTDRAFT_SETUP_HOSTS of the operator opens one: inner\.example \(once\)\.$/,
    ),
    expect.stringMatching(/has to name their hosts: composer\.$/),
    expect.stringContaining('"b'),
  ]);
  expect(setupFindings([{ refused: [], silent: ["composer"], scripts: [] }], (text) => text)).toEqual([]);
});
