import Anthropic, { type Middleware } from "@anthropic-ai/sdk";
import { type Count, noCount } from "../log/counts.ts";
import { isSpendLimit } from "./api-error.ts";
import type { Model } from "./model.ts";

/** The newest Sonnet that the installed SDK lists. */
export const defaultModel = "claude-sonnet-5-5";

/** Milliseconds until the first byte of a reply; how long the reply then takes is the budget's matter. */
const timeout = 120_000;

/**
 * The model behind the Messages API. Retries (408, 409, 429, 5xx, connection) are the SDK's, with its own waits or the
 * server's; nothing else here retries a call that got no reply. Without `baseUrl`, `ANTHROPIC_BASE_URL` counts.
 */
export function openLiveModel(options: {
  readonly id: string;
  readonly apiKey: string;
  readonly baseUrl?: string;
  /** Default 4: waits of up to about eight seconds in all. */
  readonly maxRetries?: number;
  readonly count?: Count;
}): Model {
  const client = new Anthropic({
    apiKey: options.apiKey,
    ...(options.baseUrl === undefined ? {} : elsewhere(options.baseUrl, options.apiKey)),
    maxRetries: options.maxRetries ?? 4,
    timeout,
    // It would write parts of replies to the console.
    logLevel: "off",
    // Said here, lest an environment variable adds prompts and replies, or tells the model's server of traces.
    openTelemetry: { traces: { contentMode: "metadata_only" }, propagation: false },
    middleware: [finalSpendLimit, counted(options.count ?? noCount)],
  });
  return { id: options.id, kind: "live", client };
}

/** Each request, retries too, by the status of its answer. */
const counted =
  (count: Count): Middleware =>
  async (request, next) => {
    let status = "none";
    try {
      const response = await next(request);
      status = String(response.status);
      return response;
    } finally {
      count("model-calls", status);
    }
  };

/** Other servers of this API know the key by one header or by the other; the SDK sends it as `Authorization`. */
const elsewhere = (baseURL: string, apiKey: string) => ({ baseURL, defaultHeaders: { "x-api-key": apiKey } });

/** The SDK would retry every 429; it obeys this header where one would be in vain. */
const finalSpendLimit: Middleware = async (request, next, context) => {
  const response = await next(request);
  if (response.status !== 429) return response;
  const body = (await context.parse(response)) as { error?: { details?: { error_code?: string } } };
  if (!isSpendLimit(429, body.error?.details?.error_code ?? null, null)) return response;
  const headers = new Headers(response.headers);
  headers.set("x-should-retry", "false");
  return new Response(await response.text(), { status: 429, headers });
};
