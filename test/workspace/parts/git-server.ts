import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface GitServer extends AsyncDisposable {
  readonly url: string;
  /** The Authorization headers that came in. */
  readonly authorizations: (string | undefined)[];
}

/** Serves the repositories below `root` by `git http-backend`, as it comes: no filter support. */
export async function serveGit(
  root: string,
  options: {
    token?: string;
    stall?: boolean;
    beforeServing?: () => void;
    status?: number;
    /** How the answers to what is posted leave; default at once. */
    send?: (response: ServerResponse, body: Buffer) => void;
  } = {},
): Promise<GitServer> {
  const authorizations: (string | undefined)[] = [];
  const expected = `Basic ${Buffer.from(`x-access-token:${options.token}`).toString("base64")}`;
  const server = createServer((request, response) => {
    authorizations.push(request.headers.authorization);
    options.beforeServing?.();
    if (options.status) response.writeHead(options.status).end();
    else if (options.token && request.headers.authorization !== expected)
      response.writeHead(401, { "www-authenticate": 'Basic realm="git"' }).end();
    else if (options.stall && request.method === "POST") response.writeHead(200).write("0");
    else backend(root, request, response, options.send);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    authorizations,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function backend(
  root: string,
  request: IncomingMessage,
  response: ServerResponse,
  send = (to: ServerResponse, body: Buffer): void => void to.end(body),
): void {
  const url = new URL(request.url ?? "/", "http://x");
  const child = spawn("git", ["http-backend"], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
      GIT_CONFIG_GLOBAL: "/dev/null",
    },
    stdio: ["pipe", "pipe", "ignore"],
  });
  request.pipe(child.stdin);
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.on("close", () => {
    const out = Buffer.concat(chunks);
    const end = out.indexOf("\r\n\r\n");
    const headers = out.subarray(0, end).toString().split("\r\n");
    const pairs = headers.map((line) => line.split(": ") as [string, string]);
    const { Status = "200", ...rest } = Object.fromEntries(pairs);
    response.writeHead(Number.parseInt(Status, 10), rest);
    if (request.method === "POST") send(response, out.subarray(end + 4));
    else response.end(out.subarray(end + 4));
  });
}
