import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Problem } from "../log/problem.ts";
import type { Addresses } from "./environment.ts";

/** Bytes. GitHub sends up to 25 MB, but an issue and a comment are at most 65,536 characters each. */
export const bodyLimit = 5 * 1024 * 1024;
/** Milliseconds that a request may take to arrive. */
const arrival = 30_000;

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves `/healthz`, and hands POSTs whose body is not too large to `webhooks`, as `request.body`. Throws `port-unusable`. */
export async function listen(
  { host, port }: Pick<Addresses, "host" | "port">,
  webhooks: (request: IncomingMessage, response: ServerResponse) => Promise<unknown>,
): Promise<Listening> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url === "/healthz") return end(response, 200);
    if (request.method !== "POST") return end(response, 404);
    const body = await read(request);
    if (body === null) return end(response, 413);
    if (!(await webhooks(Object.assign(request, { body }), response))) end(response, 404);
  };
  const listener: RequestListener = (request, response) => {
    answer(request, response).catch(() => (response.headersSent ? response.destroy() : end(response, 400)));
  };
  const server = createServer({ requestTimeout: arrival, headersTimeout: arrival }, listener);
  try {
    await once(server.listen(port, host), "listening");
  } catch (cause) {
    throw new Problem(
      "port-unusable",
      { address: `${host}:${port}`, why: (cause as Error).message },
      { cause },
    );
  }
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      const hurry = setTimeout(() => server.closeAllConnections(), 1000);
      await closed;
      clearTimeout(hurry);
    },
  };
}

/** The body, or null if it is too large: then read to its end but not kept, so that the sender gets to hear of it. */
async function read(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= bodyLimit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size <= bodyLimit ? Buffer.concat(chunks).toString("utf8") : null;
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-type": "text/plain" }).end(`${status}\n`);
}
