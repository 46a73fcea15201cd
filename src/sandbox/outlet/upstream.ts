import { request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import type { Duplex } from "node:stream";
import type { Rule } from "./rules.ts";

/** The operator's own proxy, by which this machine reaches others. */
export interface Upstream {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** The one that the usual variables name for a host; null: it is reached directly. */
export function upstreamFor(
  { name, port }: Pick<Rule, "name" | "port">,
  scheme: "http" | "https",
  env: NodeJS.ProcessEnv = process.env,
): Upstream | null {
  const value = (variable: string) => env[variable.toLowerCase()] || env[variable.toUpperCase()] || "";
  const address = value(`${scheme}_proxy`) || value("all_proxy");
  if (address === "" || isExempt(value("no_proxy"), name, port)) return null;
  const url = URL.parse(address.includes("://") ? address : `http://${address}`);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  const { username, password } = url;
  const login = Buffer.from(`${decoded(username)}:${decoded(password)}`);
  const headers: Record<string, string> =
    username === "" ? {} : { "proxy-authorization": `Basic ${login.toString("base64")}` };
  return { url, headers };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone percent sign
  }
}

/** `*`, `example.org`, `.example.org`, `*.example.org`, each with or without a port. */
function isExempt(list: string, name: string, port: number): boolean {
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      const [, own = "", only] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (own === "*") return true;
      const domain = own.replace(/^\*?\./, "");
      if (domain === "" || (only !== undefined && Number(only) !== port)) return false;
      return name === domain || name.endsWith(`.${domain}`);
    });
}

/** How to speak to it. */
export function upstreamRequest({ url }: Upstream) {
  const isTls = url.protocol === "https:";
  const port = url.port === "" ? (isTls ? 443 : 80) : Number(url.port);
  const place = { host: url.hostname.replace(/^\[(.*)\]$/, "$1"), port, agent: false as const };
  return { request: isTls ? tlsRequest : plainRequest, place };
}

/** A tunnel through it to `target` (`name:port`); null where it gives none, or who asked for it is `gone`. */
export function tunnel(proxy: Upstream, target: string, gone: AbortSignal): Promise<Duplex | null> {
  const { request, place } = upstreamRequest(proxy);
  return new Promise((done) => {
    const headers = { host: target, ...proxy.headers };
    request({ ...place, method: "CONNECT", path: target, headers, signal: gone })
      .on("connect", ({ statusCode }, socket, head) => {
        if (statusCode !== 200) socket.destroy();
        else if (head.length > 0) socket.unshift(head);
        done(statusCode === 200 ? socket : null);
      })
      .on("response", (response) => {
        response.destroy();
        done(null);
      })
      .on("error", () => done(null))
      .on("close", () => done(null))
      .end();
  });
}
