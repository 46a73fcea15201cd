import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { expect } from "@jest/globals";
import { withOutlet } from "../../../src/sandbox/outlet/with-outlet.ts";
import { ownNode } from "../../../src/sandbox/own-node.ts";
import type { Case, Provider } from "./provider.ts";

/** What a command reaches without network, with it, and with an outlet. The probes try what it must not reach. */
export function network(promise: Case, { settings }: Provider): void {
  promise(
    "a command has a network where it asks for one, and only its own loopback where it does not",
    async (stage) => {
      const interfaces = async (asked: boolean) => {
        const { output } = await stage.bash("cat /proc/net/dev", { network: asked });
        return [...output.matchAll(/^\s*(\w+):/gm)].map(([, name]) => name);
      };
      expect(await interfaces(false)).toEqual(["lo"]);
      const before = Object.keys(networkInterfaces());
      const seen = await interfaces(true);
      // what stayed: those of an engine's containers come and go with them
      const own = Object.keys(networkInterfaces()).filter((name) => before.includes(name));
      // a container's is the engine's, with one interface of its own; else it is this machine's
      if (/^(docker|podman)$/.test(settings.provider)) expect(seen).toHaveLength(2);
      else expect(seen).toEqual(expect.arrayContaining(own));
    },
  );

  promise(
    "the loopback inside is the sandbox's own: a server of the tests answers its client",
    async (stage) => {
      const script = `const s=require("http").createServer((q,r)=>r.end("pong")).listen(0,async()=>{
      console.log(await (await fetch("http://localhost:"+s.address().port)).text()); s.close()})`;
      writeFileSync(join(stage.folder, "server.cjs"), script);
      const node = ownNode(stage.sandbox);
      const argv = [node.path, "server.cjs"] as const;
      const { output } = await stage.sandbox.run({
        argv: [...argv],
        ...{ mounts: node.mounts, folder: stage.folder, timeoutMs: 60_000 },
      });
      expect(output).toBe("pong\n");
    },
  );

  promise("through the outlet a command speaks with our proxy, and with nothing else", async (stage) => {
    let connections = 0;
    const listener = createServer((socket) => {
      connections++;
      socket.destroy();
    }).listen(0, "127.0.0.1");
    await once(listener, "listening");
    const { port } = listener.address() as AddressInfo;
    const sandbox = withOutlet(stage.sandbox, ["packages.example"]);
    const node = ownNode(sandbox);
    const ask = `const http = require("node:http"), proxy = new URL(process.env.HTTPS_PROXY);
      http.request({ host: proxy.hostname, port: proxy.port, method: "CONNECT", path: "other.example:443" })
        .on("connect", (answer) => { console.log(answer.statusCode);
          require("node:net").connect(${port}, "127.0.0.1").on("error", () => process.exit(3)).on("connect", () => process.exit(0)); })
        .end();`;
    const { output, exitCode } = await sandbox.run({
      argv: [node.path, "-e", ask],
      ...{ folder: stage.folder, network: true, timeoutMs: 60_000 },
    });
    listener.close();
    expect({ output, exitCode }).toEqual({ output: "403\n", exitCode: 3 });
    expect(connections).toBe(0);
  });
}
