import { once } from "node:events";
import { rmSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { join } from "node:path";
import { ownNode } from "./own-node.ts";
import type { ProbeFunction } from "./probes.ts";

/** Runs inside: tries each target, prints those that answered. */
const SCRIPT = `
const net = require("node:net"), dns = require("node:dns").promises;
const targets = JSON.parse(process.argv[1]);
const reach = (target) => new Promise((done) => {
  const socket = net.connect(target).setTimeout(700);
  socket.on("connect", () => { socket.destroy(); done(JSON.stringify(target)); });
  socket.on("error", () => done(null)).on("timeout", () => { socket.destroy(); done(null); });
});
const name = dns.lookup("example.com").then(() => "DNS", () => null);
Promise.all([...targets.map(reach), Promise.race([name, new Promise((done) => setTimeout(done, 900, null))])])
  .then((reached) => { console.log(reached.filter(Boolean).join(" ")); process.exit(); });
`;

/** This machine's loopback, its sockets with and without a path, names, and addresses beyond are out of reach. */
export const probeNetwork: ProbeFunction = async ({ sandbox, canary, canaryFile, run }) => {
  const path = join(canaryFile, "..", "socket");
  const abstract = `\0firstdraft-${canary}`;
  let connections = 0;
  const listen = async (options: { port?: number; host?: string; path?: string }): Promise<Server> => {
    const server = createServer((socket) => {
      connections++;
      socket.destroy();
    }).listen(options);
    await once(server, "listening");
    return server;
  };
  const loopback = await listen({ port: 0, host: "127.0.0.1" });
  // Where this machine has no such address, there is nothing to reach at it.
  const loopback6 = await listen({ port: 0, host: "::1" }).catch(() => null);
  const servers = [
    ...(loopback6 === null ? [] : [loopback6]),
    loopback,
    await listen({ path }),
    await listen({ path: abstract }),
  ];
  try {
    const portOf = (server: Server) => (server.address() as AddressInfo).port;
    const port = portOf(loopback);
    const targets = [
      { port, host: "127.0.0.1" },
      { port: portOf(loopback6 ?? loopback), host: "::1" },
      { path },
      { path: abstract },
      { port: 80, host: "169.254.169.254" },
      { port: 443, host: "1.1.1.1" },
      { path: "/var/run/docker.sock" },
    ];
    const node = ownNode(sandbox);
    const { output } = await run([node.path, "-e", SCRIPT, JSON.stringify(targets)], { mounts: node.mounts });
    const held = output.trim() === "" && connections === 0;
    return {
      held,
      detail: held ? `${targets.length} targets and DNS out of reach` : `reached: ${output.trim()}`,
    };
  } finally {
    for (const server of servers) server.close();
    rmSync(path, { force: true });
  }
};
