import {
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from "node:http";
import { pipeline } from "node:stream/promises";
import { closing } from "./closing.ts";
import { findWay, known, type Resolve, type Way } from "./find-way.ts";
import type { Tally } from "./refusals.ts";
import type { Rules } from "./rules.ts";
import { upstreamRequest } from "./upstream.ts";

interface Place {
  readonly rules: Rules;
  readonly resolve: Resolve;
  readonly tally: Tally;
}

/** Hands one request for an `http:` address on: a registry inside a network may have no other. Throws where that breaks off. */
export async function forward(
  asked: IncomingMessage,
  answer: ServerResponse,
  { rules, resolve, tally }: Place,
): Promise<void> {
  const url = URL.parse(asked.url ?? "");
  if (url?.protocol !== "http:") return end(answer, 405);
  const target = `${url.hostname}:${url.port === "" ? 80 : url.port}`;
  const gone = closing(answer);
  const way = await findWay(target, "http", rules, resolve);
  if (way.kind === "refused") tally.add(target, way.why);
  if (way.kind === "refused") return end(answer, 403);
  if (way.kind === "unresolved") return end(answer, 502);
  // Else the body of a GET would be sent without a frame, and read there as another request, to a host of its own.
  const framed = asked.headers["transfer-encoding"] === undefined ? {} : { "transfer-encoding": "chunked" };
  const headers = { ...passedOn(asked.headers), host: url.host, ...framed };
  if (gone.aborted) return;
  const onward = begin(way, url, { method: asked.method ?? "GET", headers, signal: gone });
  const response = await answerOf(asked.pipe(onward));
  if (response === null) return end(answer, 502);
  answer.writeHead(response.statusCode ?? 502, passedOn(response.headers));
  await pipeline(response, answer);
}

/** null: it closed without one. */
function answerOf(onward: ClientRequest): Promise<IncomingMessage | null> {
  return new Promise((done) => {
    onward
      .once("response", done)
      .once("close", () => done(null))
      .on("error", () => done(null));
  });
}

function begin(
  way: Exclude<Way, { kind: "refused" | "unresolved" }>,
  url: URL,
  asked: { readonly method: string; readonly headers: IncomingHttpHeaders; readonly signal: AbortSignal },
) {
  if (way.kind === "upstream") {
    const { request: ask, place } = upstreamRequest(way.proxy);
    return ask({ ...place, ...asked, path: url.href, headers: { ...asked.headers, ...way.proxy.headers } });
  }
  const { name, port } = way.rule;
  const path = `${url.pathname}${url.search}`;
  return request({ host: name, port, lookup: known(way.addresses), agent: false, path, ...asked });
}

/** Headers that are about one connection and not about what is asked. */
const ofConnection =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|http2-settings)$/i;

function passedOn(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofConnection.test(name)));
}

const end = (answer: ServerResponse, status: number) => void answer.writeHead(status).end();
