import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { BlockList, connect, isIP, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";

/** A way out to some hosts: an HTTP proxy that knows only CONNECT, on a socket in a folder of its own. */
export interface Outlet extends AsyncDisposable {
  readonly folder: string;
}

/** This machine itself, and where clouds keep a machine's credentials: no name leads there. */
const near = new BlockList();
for (const [net, prefix] of [
  ["0.0.0.0", 8],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
] as const)
  near.addSubnet(net, prefix);
for (const [net, prefix] of [
  ["::", 127],
  ["fe80::", 10],
  ["fd00:ec2::", 32],
] as const)
  near.addSubnet(net, prefix, "ipv6");

export const socketName = "outlet.sock";

/** `hosts`: names, for port 443, or `name:port`. Only what stands there is reached, and by name alone. */
export async function openOutlet(hosts: readonly string[]): Promise<Outlet> {
  const allowed = new Set(hosts.map((host) => (host.includes(":") ? host : `${host}:443`).toLowerCase()));
  const open = new Set<Duplex>();
  const keep = (socket: Duplex) => {
    open.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => open.delete(socket));
  };
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on("connection", keep);
  server.on("connect", async ({ url = "" }, client: Duplex, head: Buffer) => {
    const far = allowed.has(url.toLowerCase()) ? await reach(url) : null;
    if (far === null) return client.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    keep(far);
    far.once("close", () => client.destroy());
    client.once("close", () => far.destroy());
    far.once("connect", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      far.write(head);
      far.pipe(client).pipe(far);
    });
  });
  const folder = await mkdtemp(join(tmpdir(), "firstdraft-outlet-"));
  const path = join(folder, socketName);
  await once(server.listen(path), "listening");
  // The user that commands run as may be another one.
  await chmod(folder, 0o711);
  await chmod(path, 0o666);
  return {
    folder,
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Looks the name up once and goes to that very address: another answer a moment later changes nothing. */
async function reach(target: string): Promise<Socket | null> {
  const [name = "", port = ""] = target.split(":");
  if (isIP(name) !== 0) return null;
  const found = await lookup(name).catch(() => null);
  if (found === null || near.check(found.address, found.family === 6 ? "ipv6" : "ipv4")) return null;
  return connect({ host: found.address, port: Number(port) });
}
