import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import type { Refused } from "../sandbox.ts";
import { closing } from "./closing.ts";
import { findWay, known, oneAtATime, type Resolve, systemResolve, type Way } from "./find-way.ts";
import { forward } from "./forward.ts";
import { openTally } from "./refusals.ts";
import type { Rules } from "./rules.ts";
import { tunnel } from "./upstream.ts";

/** A way out to some hosts: an HTTP proxy on a socket in a folder of its own. */
export interface Outlet extends AsyncDisposable {
  readonly folder: string;
  /** What it has not let through so far. */
  refused(): readonly Refused[];
}

export const socketName = "outlet.sock";
/** How the name of an outlet's folder begins. */
export const prefix = "firstdraft-outlet-";
const mostConnections = 512;

export async function openOutlet(rules: Rules, lookup: Resolve = systemResolve): Promise<Outlet> {
  const resolve = oneAtATime(lookup);
  const open = new Set<Duplex>();
  const keep = (socket: Duplex) => {
    open.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => open.delete(socket));
  };
  const tally = openTally();
  const asking = new WeakSet<Duplex>();
  // What is on either end is a stranger: whatever breaks, breaks one connection.
  const server = createServer((request, response) => {
    const { socket } = request;
    // One at a time, as clients ask: what is sent behind it would be any number of connections to registries.
    if (asking.has(socket)) return void socket.destroy();
    asking.add(socket);
    response.once("close", () => asking.delete(socket));
    forward(request, response, { rules, resolve, tally }).catch(() =>
      response.headersSent ? response.destroy() : response.writeHead(502).end(),
    );
  });
  server.maxConnections = mostConnections;
  server.on("connection", keep);
  server.on("connect", ({ url = "" }, client: Duplex, head: Buffer) =>
    through(url, client, head).catch(() => client.destroy()),
  );

  async function through(target: string, client: Duplex, head: Buffer): Promise<void> {
    const gone = closing(client);
    const way = await findWay(target, "https", rules, resolve);
    if (way.kind === "refused") tally.add(target, way.why);
    if (way.kind === "refused") return void client.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    const far = await connected(way, gone);
    if (far === null) return void client.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    keep(far);
    if (client.destroyed) return void far.destroy();
    far.once("close", () => client.destroy());
    client.once("close", () => far.destroy());
    client.write("HTTP/1.1 200 Connection established\r\n\r\n");
    far.write(head);
    far.pipe(client).pipe(far);
  }

  const folder = await mkdtemp(join(tmpdir(), prefix));
  const path = join(folder, socketName);
  await once(server.listen(path), "listening");
  // The user that commands run as may be another one.
  await chmod(folder, 0o711);
  await chmod(path, 0o666);
  return {
    folder,
    refused: tally.all,
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A connection; null where nobody answers, or who asked for it is `gone`. */
async function connected(way: Exclude<Way, { kind: "refused" }>, gone: AbortSignal): Promise<Duplex | null> {
  if (way.kind === "unresolved" || gone.aborted) return null;
  const { name, port } = way.rule;
  if (way.kind === "upstream") return await tunnel(way.proxy, `${name}:${port}`, gone);
  const socket = connect({ host: name, port, lookup: known(way.addresses), signal: gone });
  return await new Promise((done) =>
    socket.once("connect", () => done(socket)).once("error", () => done(null)),
  );
}
