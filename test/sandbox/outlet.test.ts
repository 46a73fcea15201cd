import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "@jest/globals";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { ownNode } from "../../src/sandbox/own-node.ts";
import { openStage } from "./stage.ts";

/** Runs inside: asks the proxy for each target, prints what it answers. */
const ask = `
const { request } = require("node:http");
const [, host, port] = /(.*):(.*)/.exec(process.env.HTTPS_PROXY.slice("http://".length));
const answer = (path) => new Promise((done) => {
  request({ host, port, method: "CONNECT", path }).on("connect", ({ statusCode }) => done(statusCode))
    .on("error", () => done("closed")).end();
});
(async () => {
  for (const path of process.argv.slice(1)) console.log(path, await answer(path));
  request({ host, port, path: "http://packages.example/" }, ({ statusCode }) => {
    console.log("GET", statusCode);
    process.exit(3);
  }).end();
})();`;

test("with a list of hosts, a command with network reaches nothing else: no address, port, socket or neighbour", async () => {
  const listener = createServer((socket) => socket.end()).listen(0, "127.0.0.1");
  const abstract = createServer((socket) => socket.end()).listen({ path: "\0firstdraft-outlet-test" });
  await Promise.all([once(listener, "listening"), once(abstract, "listening")]);
  const { port } = listener.address() as AddressInfo;
  let connections = 0;
  for (const server of [listener, abstract]) server.on("connection", () => connections++);
  const networkHosts = ["packages.example", `localhost:${port}`, `127.0.0.1:${port}`];
  await using stage = await openStage();
  const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false, networkHosts });
  const node = ownNode(sandbox);
  const direct = `const net = require("node:net"); for (const to of [{ port: ${port} }, { path: "\\0firstdraft-outlet-test" }])
    net.connect(to).on("connect", () => console.log("reached")).on("error", () => console.log("refused"));`;
  const targets = [
    `localhost:${port}`,
    `127.0.0.1:${port}`,
    "169.254.169.254:443",
    "other.example:443",
    "packages.example:22",
  ];

  const asked = await sandbox.run({
    argv: [node.path, "-e", ask, ...targets],
    ...{ folder: stage.folder, network: true, timeoutMs: 20_000 },
  });
  const tried = await sandbox.run({
    argv: [node.path, "-e", direct],
    ...{ folder: stage.folder, network: true, timeoutMs: 20_000 },
  });
  for (const server of [listener, abstract]) server.close();

  expect(asked.output.trim().split("\n")).toEqual([...targets.map((target) => `${target} 403`), "GET 405"]);
  expect(asked.exitCode).toBe(3);
  expect(tried.output).toBe("refused\nrefused\n");
  expect(connections).toBe(0);
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
    ...{ folder: stage.folder, timeoutMs: 20_000 },
  });
  expect(output).toBe("[]\n");
});
