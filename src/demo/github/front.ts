import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type ApiResponse, type Forward, refusal } from "./exchange.ts";
import type { Faults } from "./faults.ts";
import { answerGit, mayUseGit, parseGitPath } from "./git-http.ts";
import { type Identities, tokenIn } from "./identities.ts";
import type { Call, Mirror } from "./mirror.ts";
import type { Fault, LoggedRequest } from "./types.ts";
import type { Webhooks } from "./webhooks.ts";

/** What stands behind the one address; filled in once emulate runs. */
export interface Behind {
  readonly api: Forward;
  readonly identities: Identities;
  readonly webhooks: Webhooks;
  readonly faults: Faults;
  readonly requests: LoggedRequest[];
  mirror(repository: string): Mirror | undefined;
}

/** Where emulate is told to send its webhooks. */
export const relayPath = "/_webhooks";

/** The one address: REST at `/` and `/api/v3`, git at `/owner/name.git`. Answers once `behind` has come. */
export async function listen(behind: Promise<Behind>): Promise<{ server: Server; url: string }> {
  // Connections are kept as long as their owner likes: it may be this very process, and busy.
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    behind
      .then((parts) => answer(parts, request, response))
      .catch((error: Error) => {
        if (!response.headersSent) response.statusCode = 500;
        response.end(error.stack);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function answer(behind: Behind, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, search } = new URL(request.url ?? "/", "http://stand-in");
  const path = pathname.replace(/^\/api(\/v3(?=\/|$)|(?=\/graphql$))/, "") || "/";
  const method = request.method ?? "GET";
  const git = parseGitPath(path, search);
  const body = git ? undefined : parseBody(await read(request));

  if (path === relayPath) {
    behind.webhooks.relay(String(request.headers["x-github-event"]), body);
    return void response.end();
  }

  const from = performance.now();
  const log = (status: number) => {
    behind.requests.push({ method, path, query: search, status, body, from, until: performance.now() });
  };
  const fault = behind.faults.next(method, path, body);
  if (!fault?.carriedOut) await fault?.before?.();
  if (fault?.status !== undefined && !fault.carriedOut) return inject(fault, fault.status, response, log);

  const headers = flat(request);
  if (git) {
    const call: Call = (verb, at) =>
      behind.api({ method: verb, path: at, query: "", headers, body: undefined });
    const status = await mayUseGit(git, behind.identities.of(headers), call);
    const mirror = behind.mirror(`${git.owner}/${git.name}`);
    log(status === 200 && !mirror ? 404 : status);
    if (status === 200 && mirror) return answerGit(git, request, response, mirror);
    if (status === 401) response.setHeader("www-authenticate", 'Basic realm="GitHub"');
    response.statusCode = status === 200 ? 404 : status;
    return void response.end("Repository not found.\n");
  }

  const result = await behind.api({ method, path, query: search, headers, body });
  if (fault?.carriedOut) await fault.before?.();
  if (fault?.status !== undefined) return inject(fault, fault.status, response, log);
  log(result.status);
  write(response, result);
}

function inject(
  fault: Fault,
  status: number | "reset",
  response: ServerResponse,
  log: (status: number) => void,
): void {
  if (status === "reset") {
    log(0);
    return void response.destroy();
  }
  log(status);
  const { headers, body } = refusal(status, "Injected fault");
  write(response, {
    status,
    headers: { ...headers, ...fault.headers },
    body: fault.body ?? body,
  });
}

function write(response: ServerResponse, { status, headers, body }: ApiResponse): void {
  response.writeHead(status, { ...headers, "x-github-request-id": "STAND-IN" });
  response.end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function parseBody(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Forms and the like: nothing here reads them.
    return text;
  }
}

/** The headers that matter; a Basic password becomes the token that it is, which emulate would not see. */
function flat({ headers: { authorization, accept } }: IncomingMessage): Record<string, string> {
  return {
    ...(authorization ? { authorization: `Bearer ${tokenIn(authorization)}` } : {}),
    ...(accept ? { accept } : {}),
  };
}
