import { once } from "node:events";
import { createServer, type RequestListener, type ServerOptions } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { Problem } from "../log/problem.ts";

export interface Port {
  readonly url: string;
  close(): Promise<void>;
}

/** Milliseconds that what is under way has when the process ends. */
export const hurry = 1000;

/** Answers requests at an address until `close`. `variables`: by which it is set. Throws `port-unusable`. */
export async function openPort(
  { host, port }: { readonly host: string; readonly port: number },
  variables: string,
  listener: RequestListener,
  options: ServerOptions & { readonly most?: number } = {},
): Promise<Port> {
  const server = createServer(options, listener);
  if (options.most !== undefined) server.maxConnections = options.most;
  try {
    await once(server.listen(port, host), "listening");
  } catch (cause) {
    const why = (cause as Error).message;
    throw new Problem("port-unusable", { address: `${host}:${port}`, variables, why }, { cause });
  }
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      const over = new AbortController();
      const late = delay(hurry, null, { signal: over.signal }).then(() => server.closeAllConnections());
      await closed;
      over.abort();
      await late.catch(() => {});
    },
  };
}
