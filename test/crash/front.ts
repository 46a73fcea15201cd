import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** One address for several processes that take webhooks, as a load balancer gives it. */
export interface Front {
  readonly url: string;
  /** Where the process `name` is now. */
  set(name: string, url: string): void;
  close(): Promise<void>;
}

export async function openFront(path: string): Promise<Front> {
  const places = new Map<string, string>();
  let turn = 0;
  const server = createServer(async (request, response) => {
    const body = new Uint8Array(await buffer(request));
    const kept = Object.entries(request.headers).filter(([name]) => /^(content-type|x-)/.test(name));
    const headers = Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
    const all = [...places.values()];
    const from = turn++;
    for (let index = 0; index < all.length; index++) {
      const url = all[(from + index) % all.length] ?? "";
      try {
        const answer = await fetch(url, { method: "POST", headers, body });
        return void response.writeHead(answer.status).end(await answer.text());
      } catch (error) {
        // Who has begun to listen may have taken it: nobody else is asked then.
        if (((error as Error).cause as NodeJS.ErrnoException | undefined)?.code !== "ECONNREFUSED") break;
      }
    }
    response.writeHead(502).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    set: (name, url) => void places.set(name, url),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
