import { once } from "node:events";
import { createServer as createHttpServer, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { expect, test } from "@jest/globals";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Resolve } from "../../src/sandbox/outlet/find-way.ts";
import { withOutlet } from "../../src/sandbox/outlet/with-outlet.ts";
import { ownNode } from "../../src/sandbox/own-node.ts";
import { openStage } from "./stage.ts";

const bubblewrap = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
const node = ownNode(bubblewrap);

/** Runs inside: asks the proxy for each target, by CONNECT or, for an address, by GET; prints what it answers. */
const ask = `
const { request, Agent } = require("node:http");
const agent = new Agent(); // not the one that would go by the proxy itself
const [, host, port] = /(.*):(.*)/.exec(process.env.HTTPS_PROXY.slice("http://".length));
const through = (path) => new Promise((done) => {
  const asked = /^http:|^\\/$/.test(path) ? request({ host, port, path, agent }) : request({ host, port, method: "CONNECT", path, agent });
  asked.on("connect", ({ statusCode }, socket) => { socket.destroy(); done(statusCode); })
    .on("response", async (answer) => done(answer.statusCode + " " + Buffer.concat(await answer.toArray())))
    .on("error", () => done("closed")).end();
});
(async () => {
  for (const path of process.argv.slice(1)) console.log((path + " " + await through(path)).trim());
  process.exit(3);
})();`;

/** An address of this machine that is not the loopback's. */
const own = Object.values(networkInterfaces())
  .flatMap((all) => all ?? [])
  .find(({ family, internal }) => family === "IPv4" && !internal)?.address as string;

/** Something that listens on all of this machine's addresses, and how often it was reached. */
async function listener() {
  const seen: IncomingMessage["headers"][] = [];
  let connections = 0;
  const server: Server = createHttpServer((request, response) => {
    seen.push(request.headers);
    response.end("here");
  });
  server.on("connection", () => connections++);
  await once(server.listen(0, "0.0.0.0"), "listening");
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    connections: () => connections,
    [Symbol.dispose]: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

interface Asking {
  /** The operator's list, and what the command names. */
  readonly list: readonly string[];
  readonly registries?: readonly string[];
  readonly repository?: readonly string[];
  readonly resolve?: Resolve;
}

async function asking(
  targets: readonly string[],
  { list, registries = [], repository = [], resolve }: Asking,
) {
  await using stage = await openStage();
  const finished = await withOutlet(bubblewrap, list, resolve).run({
    argv: [node.path, "-e", ask, ...targets],
    ...{ folder: stage.folder, network: true, timeoutMs: 60_000, hosts: { registries, repository } },
  });
  return { ...finished, lines: finished.output.trim().split("\n") };
}

/** Names as a stranger's name server would answer them. */
const resolver =
  (names: Readonly<Record<string, string | readonly string[]>>): Resolve =>
  async (name) =>
    [names[name] ?? []].flat().map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

test("with a list of hosts, a command with network reaches nothing else: no address, port, socket or neighbour", async () => {
  using here = await listener();
  const abstract = createServer((socket) => socket.end()).listen({ path: "\0firstdraft-outlet-test" });
  await once(abstract, "listening");
  let neighbours = 0;
  abstract.on("connection", () => neighbours++);
  const { port } = here;
  const direct = `const net = require("node:net"); for (const to of [{ port: ${port} }, { path: "\\0firstdraft-outlet-test" }])
    net.connect(to).on("connect", () => console.log("reached")).on("error", () => console.log("refused"));`;
  const list = [`packages.example:${port}`, "packages.example", "rebound.example", `sneaky.example:${port}`];
  const names = {
    "packages.example": own,
    "rebound.example": "127.0.0.1",
    "sneaky.example": [own, "127.0.0.1"],
  };
  const refused = [
    `localhost:${port}`,
    `127.0.0.1:${port}`,
    `${own}:${port}`,
    `[::ffff:127.0.0.1]:${port}`,
    "169.254.169.254:443",
    "other.example:443",
    "packages.example:22",
    `packages.example.:${port}`,
    "rebound.example:443",
    `sneaky.example:${port}`,
  ];

  const asked = await asking([`packages.example:${port}`, ...refused, "http://other.example/", "/"], {
    ...{ list, resolve: resolver(names) },
  });
  await using stage = await openStage();
  const tried = await withOutlet(bubblewrap, list).run({
    argv: [node.path, "-e", direct],
    ...{ folder: stage.folder, network: true, timeoutMs: 60_000 },
  });
  abstract.close();

  expect(asked.lines).toEqual([
    `packages.example:${port} 200`,
    ...refused.map((target) => `${target} 403`),
    "http://other.example/ 403",
    "/ 405",
  ]);
  expect(asked.exitCode).toBe(3);
  expect(asked.refused).toEqual([
    ...refused.slice(0, 8).map((host) => ({ host, why: "not-listed", times: 1 })),
    ...refused.slice(8).map((host) => ({ host, why: "address", times: 1 })),
    { host: "other.example:80", why: "not-listed", times: 1 },
  ]);
  expect(tried.output).toBe("refused\nrefused\n");
  expect(tried.refused).toBeUndefined();
  expect([here.connections(), neighbours]).toEqual([1, 0]);
});

test("a name is looked up once for a connection, and the connection goes to that answer", async () => {
  using here = await listener();
  let asked = 0;
  // First outside, then this machine: between the check and the connection nobody asks again.
  const resolve: Resolve = async () => [{ address: asked++ === 0 ? own : "127.0.0.1", family: 4 }];
  const target = `packages.example:${here.port}`;
  const { lines } = await asking([target, target], { list: [target], resolve });
  expect(lines).toEqual([`${target} 200`, `${target} 403`]);
  expect([asked, here.connections()]).toEqual([2, 1]);
});

test("a registry that the machine's client names is reached, also on this machine or without TLS", async () => {
  using here = await listener();
  const { port } = here;
  const registries = [`localhost:${port}`, `mirror.example:${port}`];
  const resolve: Resolve = async (name) =>
    name === "localhost" ? [{ address: "127.0.0.1", family: 4 }] : [{ address: own, family: 4 }];
  const targets = [`localhost:${port}`, `http://mirror.example:${port}/simple/`, `127.0.0.1:${port}`];

  const listed = await asking(targets, { list: ["registries"], registries, resolve });
  expect(listed.lines).toEqual([`${targets[0]} 200`, `${targets[1]} 200 here`, `${targets[2]} 403`]);
  expect(here.seen).toMatchObject([{ host: `mirror.example:${port}` }]);

  const unlisted = await asking(targets, { list: ["packages.example"], registries, resolve });
  expect(unlisted.lines).toEqual(targets.map((target) => expect.stringContaining(`${target} 403`)));
});

test("a repository names hosts outside only, and only where the operator lets it", async () => {
  const inner = [
    "10.1.2.3",
    "192.168.1.1",
    "172.16.0.1",
    "100.100.100.200",
    "fd00:ec2::254",
    "64:ff9b::a01:203",
    "::1",
  ];
  const names = Object.fromEntries(inner.map((address, i) => [`inner-${i}.example`, address]));
  const repository = ["localhost", "127.0.0.1:443", "10.1.2.3", "nowhere.example", ...Object.keys(names)];
  const targets = ["localhost:443", "127.0.0.1:443", ...repository.slice(2).map((name) => `${name}:443`)];
  const resolve = resolver(names);

  const let_ = await asking(targets, { list: ["registries", "repository"], repository, resolve });
  expect(let_.lines).toEqual(
    targets.map((target) => `${target} ${target.startsWith("nowhere") ? 502 : 403}`),
  );
  const not = await asking(["nowhere.example:443"], { list: ["registries"], repository, resolve });
  expect(not.lines).toEqual(["nowhere.example:443 403"]);
});

test("where the operator has a proxy, the way out goes by it, for hosts of the operator's alone", async () => {
  using here = await listener();
  const asked: [string | undefined, string | undefined][] = [];
  const proxy = createHttpServer((request, response) => {
    asked.push([request.url, request.headers["proxy-authorization"]]);
    response.end("by proxy");
  }).on("connect", ({ url, headers }, socket) => {
    asked.push([url, headers["proxy-authorization"]]);
    socket.end("HTTP/1.1 200 OK\r\n\r\n");
  });
  await once(proxy.listen(0, "127.0.0.1"), "listening");
  const address = `http://user:p%40ss@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const variables = { HTTPS_PROXY: address, HTTP_PROXY: address, NO_PROXY: ".near.example" };
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    const near = `a.near.example:${here.port}`;
    const targets = ["far.example:443", "http://far.example:81/x", near, "theirs.example:443"];
    const { lines } = await asking(targets, {
      list: ["far.example", "far.example:81", near, "repository"],
      repository: ["theirs.example"],
      resolve: resolver({ "a.near.example": own }),
    });
    expect(lines).toEqual([
      "far.example:443 200",
      "http://far.example:81/x 200 by proxy",
      `${near} 200`,
      "theirs.example:443 403",
    ]);
    const login = `Basic ${Buffer.from("user:p@ss").toString("base64")}`;
    expect(asked).toEqual([
      ["far.example:443", login],
      ["http://far.example:81/x", login],
    ]);
    expect(here.connections()).toBe(1);
  } finally {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    proxy.close();
  }
});

test("refused hosts are told apart up to a number, in letters that mean nothing elsewhere", async () => {
  const targets = [
    "A.example:443",
    "a.example:443",
    "b@x/?`|:443",
    ...Array.from({ length: 60 }, (_, i) => `h${i}:1`),
  ];
  const { refused } = await asking(targets, { list: [] });
  expect(refused).toHaveLength(50);
  expect(refused?.slice(0, 3)).toEqual([
    { host: "a.example:443", why: "not-listed", times: 2 },
    { host: "b?x????:443", why: "not-listed", times: 1 },
    { host: "h0:1", why: "not-listed", times: 1 },
  ]);
});

test("a command without network has no outlet", async () => {
  await using stage = await openStage();
  const sandbox = await openSandbox({
    provider: "bubblewrap",
    acceptNoSandbox: false,
    networkHosts: ["a.example"],
  });
  const { output } = await sandbox.run({
    argv: ["sh", "-c", 'echo "[$HTTPS_PROXY]"; ls /opt/firstdraft 2>/dev/null; true'],
    ...{ folder: stage.folder, timeoutMs: 60_000 },
  });
  expect(output).toBe("[]\n");
});
