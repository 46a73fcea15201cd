import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Addresses } from "./environment.ts";
import { hurry, openPort, type Port } from "./open-port.ts";

/** Bytes. GitHub sends up to 25 MB, but an issue and a comment are at most 65,536 characters each. */
export const bodyLimit = 5 * 1024 * 1024;
/** Milliseconds that a request may take to arrive. */
const arrival = 30_000;
/** Anybody may send before a signature is checked: so many at once, and so many bytes of them all. */
const mostConnections = 1000;
const mostHeld = 16 * bodyLimit;
/** Bytes that are taken in even so: an event of GitHub's is seldom larger. */
const usual = 64 * 1024;

export interface Listening extends Port {
  /** From now on POSTs are refused. Resolves when those before are answered, after a second at most. */
  refuse(): Promise<void>;
}

/** A POST with its body, as `request.body`. Falsy: it was none of ours, and is not answered. */
export type TakePost = (request: Post, response: ServerResponse) => Promise<unknown>;
export type Post = IncomingMessage & { body: string };

/**
 * Serves `/healthz` (the process is there) and `/readyz` (`unready` has no word against it), and hands POSTs whose body is
 * not too large to `webhooks`. Throws `port-unusable`.
 */
export async function listen(
  address: Pick<Addresses, "host" | "port">,
  webhooks: TakePost,
  unready: () => Promise<string | null> = async () => null,
): Promise<Listening> {
  const held = { bytes: 0 };
  const posts = new Set<Promise<void>>();
  let refusing = false;
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await read(request, held);
    if (refusing) return end(response, 503);
    if (typeof body === "number") return end(response, body);
    if (!(await webhooks(Object.assign(request, { body }), response))) end(response, 404);
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url === "/healthz") return end(response, 200);
    if (request.url === "/readyz") {
      const word = await unready();
      return word === null ? end(response, 200) : end(response, 503, word);
    }
    if (request.method !== "POST") return end(response, 404);
    const post = take(request, response);
    posts.add(post);
    await post.finally(() => posts.delete(post));
  };
  const listener: RequestListener = (request, response) => {
    answer(request, response).catch(() => (response.headersSent ? response.destroy() : end(response, 400)));
  };
  const limits = { requestTimeout: arrival, headersTimeout: arrival, most: mostConnections };
  const port = await openPort(address, "PORT (and HOST)", listener, limits);
  return {
    ...port,
    refuse: async () => {
      refusing = true;
      await Promise.race([Promise.allSettled(posts), delay(hurry, null, { ref: false })]);
    },
  };
}

/** The body, or the status to refuse it with: then it is read to its end but not kept, so that the sender gets to hear of it. */
async function read(request: IncomingMessage, held: { bytes: number }): Promise<string | number> {
  const chunks: Buffer[] = [];
  let refusal: number | null = null;
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      if (refusal !== null) continue;
      size += chunk.length;
      held.bytes += chunk.length;
      if (size > bodyLimit) refusal = 413;
      else if (size > usual && held.bytes > mostHeld) refusal = 503;
      chunks.push(chunk);
      if (refusal === null) continue;
      held.bytes -= size;
      chunks.length = 0;
    }
    return refusal ?? Buffer.concat(chunks).toString("utf8");
  } finally {
    if (refusal === null) held.bytes -= size;
  }
}

function end(response: ServerResponse, status: number, word = `${status}`): void {
  response.writeHead(status, { "content-type": "text/plain" }).end(`${word}\n`);
}
