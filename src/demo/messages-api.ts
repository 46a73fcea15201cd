import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { sseEvent, sseEvents } from "../agent/sse.ts";
import { refusal } from "./messages-api/check.ts";
import { contentOf, type MessagesRequest, type Script, type ScriptedReply } from "./messages-api/script.ts";
import { createUsage, inputTokens } from "./messages-api/usage.ts";

export type { Block, MessagesRequest, Script, ScriptedCall, ScriptedReply } from "./messages-api/script.ts";

/** One request as it arrived, refused ones included. */
export interface ReceivedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: MessagesRequest;
  /** The body as it was sent. */
  readonly raw: string;
  /** Length of the body. */
  readonly bytes: number;
}

export interface MessagesApi {
  /** For `ANTHROPIC_BASE_URL`. */
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  close(): Promise<void>;
}

/**
 * A server on this machine that speaks the Messages API and answers from a script. It refuses what the real one would
 * refuse; a refused request takes nothing from the script. A script that has run out answers 500.
 */
export async function startMessagesApi(script: Script): Promise<MessagesApi> {
  const requests: ReceivedRequest[] = [];
  const usageOf = createUsage();
  let answered = 0;

  const next = async (body: MessagesRequest, index: number): Promise<ScriptedReply> => {
    const reply = typeof script === "function" ? await script(body, index) : script[index];
    return (
      reply ?? error(500, "api_error", "The script has no further reply.", { "x-should-retry": "false" })
    );
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = await text(request);
    const path = request.url ?? "";
    const { pathname } = new URL(path, "http://localhost");
    const counting = pathname === "/v1/messages/count_tokens";
    if (request.method !== "POST" || !(counting || pathname === "/v1/messages"))
      return send(response, error(404, "not_found_error", "Not found"));
    const body = parsed(raw);
    requests.push({ path, headers: request.headers, body, raw, bytes: Buffer.byteLength(raw) });
    if (!hasKey(request.headers))
      return send(response, error(401, "authentication_error", "x-api-key header is required"));
    const refused = refusal(counting ? { ...body, max_tokens: 1 } : body);
    if (refused) return send(response, error(400, "invalid_request_error", refused));
    if (counting) return json(response, 200, { input_tokens: inputTokens(body) });

    const index = answered++;
    const reply = await next(body, index);
    if ("status" in reply) return send(response, reply);
    const { content, raw: rawInputs } = contentOf(reply, index);
    const ending = "cut" in reply || "hang" in reply ? {} : reply;
    const calls = content.some((block) => block.type === "tool_use");
    const message = {
      id: `msg_${String(index).padStart(4, "0")}`,
      model: ending.model ?? body.model,
      content,
      stop_reason: ending.stop_reason === undefined ? (calls ? "tool_use" : "end_turn") : ending.stop_reason,
      usage: { ...usageOf(body, content), ...ending.usage },
    };
    if (body.stream !== true)
      return json(response, 200, { ...message, type: "message", role: "assistant", stop_sequence: null });
    response.writeHead(200, { "content-type": "text/event-stream", "request-id": `req_${index}` });
    const events = [...sseEvents(message, rawInputs)];
    if ("hang" in reply) return void response.write(events[0]);
    if ("cut" in reply) return cut(response, events[0] ?? "");
    for (const event of events) response.write(event);
    response.end();
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((cause) => send(response, error(500, "api_error", String(cause))));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Both ways are the API's; the SDK sends `Authorization: Bearer` since its version 1. Any key will do. */
function hasKey(headers: IncomingHttpHeaders): boolean {
  return Boolean(headers["x-api-key"]) || /^Bearer \S/.test(headers.authorization ?? "");
}

type ErrorReply = Extract<ScriptedReply, { status: number }>;

function error(
  status: number,
  type: string,
  message: string,
  headers: Record<string, string> = {},
): ErrorReply {
  return { status, headers, error: { type, message } };
}

function send(response: ServerResponse, reply: ErrorReply): void {
  json(response, reply.status, { type: "error", error: reply.error, request_id: "req_error" }, reply.headers);
}

function json(response: ServerResponse, status: number, body: object, headers: object = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

function cut(response: ServerResponse, start: string): void {
  const half = sseEvent("content_block_start", { index: 0, content_block: { type: "text", text: "" } });
  // Destroyed only once written: the client has to see a reply that began.
  response.write(start + half.slice(0, half.length / 2), () => setTimeout(() => response.destroy(), 5));
}

function parsed(raw: string): MessagesRequest {
  try {
    return JSON.parse(raw);
  } catch {
    // No model in it, so it is refused like any other incomplete request.
    return {} as MessagesRequest;
  }
}
