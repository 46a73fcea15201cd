import type { LookupAddress } from "node:dns";
import { once } from "node:events";
import { createServer as createHttpServer, request } from "node:http";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { whereTo } from "../../src/sandbox/outlet/addresses.ts";
import { type Outlet, openOutlet, socketName } from "../../src/sandbox/outlet/open-outlet.ts";
import { rulesOf } from "../../src/sandbox/outlet/rules.ts";

test("an address is what it is, in whatever form", () => {
  const kinds = {
    never: [
      "0.0.0.0",
      "169.254.169.254",
      "::ffff:169.254.169.254",
      "fe80::1",
      "fd00:ec2::254",
      "::",
      "224.0.0.1",
      "x",
    ],
    loopback: ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1"],
    inner: [
      "10.0.0.1",
      "::ffff:10.0.0.1",
      "192.168.1.1",
      "172.31.0.1",
      "fd12::1",
      "64:ff9b::a9fe:a9fe",
      "::a00:1",
    ],
    outside: ["203.0.113.80", "172.32.0.1", "2606:4700::1111", "::ffff:203.0.113.80"],
  };
  for (const [kind, addresses] of Object.entries(kinds))
    expect(addresses.map((address) => [address, whereTo(address)])).toEqual(
      addresses.map((one) => [one, kind]),
    );
});

test("a registry that breaks off or answers what is none breaks that one request", async () => {
  const answers: Record<string, string | null> = {
    "/nothing": null,
    "/zero": "HTTP/1.1 000 x\r\n\r\n",
    "/garbage": "\0\0\0\r\n\r\n",
    "/upgrade": "HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
    "/cut": "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nhalf",
    "/well": "HTTP/1.1 200 OK\r\ncontent-length: 4\r\nproxy-authenticate: x\r\n\r\nwell",
  };
  const registry = createServer((socket) =>
    socket
      .on("error", () => undefined)
      .on("data", (data) => {
        const [, path = ""] = /^GET (\S+)/.exec(`${data}`) ?? [];
        const answer = answers[path] ?? null;
        if (answer === null) socket.resetAndDestroy();
        else socket.end(answer, "latin1");
      }),
  );
  await once(registry.listen(0, "127.0.0.1"), "listening");
  const host = `localhost:${(registry.address() as AddressInfo).port}`;
  await using outlet = await openOutlet(rulesOf([host], []));
  const get = (path: string) =>
    new Promise((done) => {
      const asked = request({ socketPath: join(outlet.folder, socketName), path: `http://${host}${path}` });
      asked.on("error", () => done("closed")).end();
      asked.on("response", async (answer) => {
        const body = await answer.toArray().catch(() => ["cut"]);
        done(
          `${answer.statusCode} ${Buffer.concat(body.map((part) => Buffer.from(part)))} ${answer.headers["proxy-authenticate"]}`,
        );
      });
    });
  const results: unknown[] = [];
  for (const path of Object.keys(answers)) results.push(await get(path));
  registry.close();
  expect(results).toEqual([
    ...["502  undefined", expect.stringMatching(/^(502|closed)/), "502  undefined"],
    ...[expect.stringMatching(/^(502|closed)/), "200 cut undefined", "200 well undefined"],
  ]);
});

test.each(["GET", "DELETE", "HEAD", "POST"])("the body of a %s is never another request", async (method) => {
  const asked: string[] = [];
  const registry = createHttpServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume().once("end", () => response.end());
  });
  await once(registry.listen(0, "127.0.0.1"), "listening");
  const host = `localhost:${(registry.address() as AddressInfo).port}`;
  await using outlet = await openOutlet(rulesOf([host], []));
  const smuggled = "GET http://other.example/ HTTP/1.1\r\nHost: other.example\r\n\r\n";
  const body = `${smuggled.length.toString(16)}\r\n${smuggled}\r\n0\r\n\r\n`;
  let sent = "";
  registry.on("connection", (socket) => socket.on("data", (data) => (sent += data)));
  const client = connect(join(outlet.folder, socketName));
  client.write(`${method} http://${host}/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${body}`);
  await once(client, "data");
  client.destroy();
  registry.close();
  expect(asked).toEqual([`${method} /`]);
  // Whoever reads on behind a request finds a body.
  expect(sent).toMatch(/^transfer-encoding: chunked\r$/im);
  expect(sent).toContain(`\r\n\r\n${smuggled.length.toString(16)}\r\n`);
});

test("however many connections ask for one name at once, it is looked up once", async () => {
  let asked = 0;
  const { promise, resolve: answer } = Promise.withResolvers<[]>();
  const resolve = () => {
    asked++;
    return promise;
  };
  await using outlet = await openOutlet(rulesOf([], ["slow.example"]), resolve);
  const ask = (target: string) =>
    connect(join(outlet.folder, socketName)).end(`CONNECT ${target} HTTP/1.1\r\nHost: x\r\n\r\n`);
  const slow = Array.from({ length: 20 }, () => ask("slow.example:443"));
  const answers = slow.map(async (client) => `${(await once(client, "data"))[0]}`.slice(9, 12));
  // Refused without a lookup, so those before it have been read.
  const [refusal] = await once(ask("other.example:443"), "data");
  expect(`${refusal}`).toMatch(/ 403 /);
  expect(asked).toBe(1);
  answer([]);
  expect(new Set(await Promise.all(answers))).toEqual(new Set(["502"]));
});

/** Says nothing to anybody; tells each time that it is reached, and when that connection has gone. */
async function silent() {
  const reached: Socket[] = [];
  const server = createServer((socket) => {
    reached.push(socket.on("error", () => undefined).resume());
    server.emit("reached");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return { server, reached, port, host: `localhost:${port}`, [Symbol.dispose]: () => void server.close() };
}

const closing = (socket: Socket) => new Promise<void>((done) => socket.once("close", () => done()));
const at = ({ folder }: Outlet) => connect(join(folder, socketName)).on("error", () => undefined);

test("a client asks for one thing at a time, and what it sends behind that reaches nobody", async () => {
  using registry = await silent();
  await using outlet = await openOutlet(rulesOf([registry.host], []));
  const client = at(outlet);
  client.write(`GET http://${registry.host}/ HTTP/1.1\r\nHost: x\r\n\r\n`.repeat(1000));
  const second = new Promise((done) => registry.server.on("reached", () => registry.reached[1] && done(0)));
  await Promise.race([closing(client), second]);
  expect(registry.reached.length).toBeLessThan(2);
});

test.each(["CONNECT", "GET"])(
  "nobody is reached for a %s that is not waited for any more",
  async (method) => {
    using registry = await silent();
    const { host, port } = registry;
    const { promise, resolve: answer } = Promise.withResolvers<[LookupAddress]>();
    const { promise: looked, resolve: look } = Promise.withResolvers<void>();
    await using outlet = await openOutlet(rulesOf([host], []), () => {
      look();
      return promise;
    });
    at(outlet).write(`${method} ${method === "GET" ? `http://${host}/` : host} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await looked;
    await outlet[Symbol.asyncDispose]();
    answer([{ address: "127.0.0.1", family: 4 }]);
    await setImmediate();
    const ours = connect(port, "127.0.0.1");
    await once(registry.server, "reached");
    // Whoever came before us would stand before us.
    expect(registry.reached.map((socket) => socket.remotePort)).toEqual([ours.localPort]);
    ours.destroy();
  },
);

test.each(["CONNECT theirs.example:443", "GET http://theirs.example:443/"])(
  "a proxy of the operator's that does not answer is left when the command has ended: %s",
  async (asked) => {
    using proxy = await silent();
    const before = { https_proxy: process.env.https_proxy, http_proxy: process.env.http_proxy };
    Object.assign(process.env, { https_proxy: `http://${proxy.host}`, http_proxy: `http://${proxy.host}` });
    try {
      await using outlet = await openOutlet(rulesOf(["theirs.example"], []));
      at(outlet).write(`${asked} HTTP/1.1\r\nHost: x\r\n\r\n`);
      await once(proxy.server, "reached");
      await outlet[Symbol.asyncDispose]();
      const [left] = proxy.reached;
      if (left?.closed === false) await closing(left);
      expect(proxy.reached).toHaveLength(1);
    } finally {
      for (const [name, value] of Object.entries(before))
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
    }
  },
);

test("clients that never finish what they ask, and tunnels that are never used: so many, until the command ends", async () => {
  using registry = await silent();
  await using outlet = await openOutlet(rulesOf([registry.host], []));
  const tunnel = at(outlet);
  tunnel.write(`CONNECT ${registry.host} HTTP/1.1\r\nHost: x\r\n\r\n`);
  await once(tunnel, "data");
  let closed = 0;
  const all = [closing(tunnel)];
  // One after the other: a socket keeps so many waiting, and no more.
  for (let i = 0; i < 520; i++) {
    const client = at(outlet);
    all.push(closing(client).then(() => void closed++));
    await once(client, "connect");
    client.write("GET http://");
  }
  // The tunnel and 511 others are held.
  while (closed < 9) await setImmediate();
  expect([closed, tunnel.closed]).toEqual([9, false]);
  await outlet[Symbol.asyncDispose]();
  await Promise.all(all);
  await Promise.all(registry.reached.map((far) => far.closed || closing(far)));
  expect(registry.reached).toHaveLength(1);
});
