import type { Attributes } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace";
import type { Redact } from "../../log/redact.ts";

/** All that a span may say. What the SDK of the model adds one day is not among it until somebody has looked at it. */
const sayable = new Set([
  ...["firstdraft.run.id", "firstdraft.request", "firstdraft.ending", "firstdraft.problem"],
  ...["gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.tool.name", "gen_ai.tool.type"],
  ...["gen_ai.request.model", "gen_ai.request.max_tokens", "gen_ai.request.stream"],
  ...["gen_ai.response.id", "gen_ai.response.model", "gen_ai.response.time_to_first_chunk"],
  ...["gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "gen_ai.usage.reasoning.output_tokens"],
  ...["gen_ai.usage.cache_read.input_tokens", "gen_ai.usage.cache_write.input_tokens"],
  ...["anthropic.request.id", "anthropic.message.stop_reason"],
  ...["server.address", "server.port", "error.type"],
  ...["http.request.method", "http.request.resend_count", "http.response.status_code"],
]);

/** A name, an id, a word: whatever text says more than that stays here. */
const word = /^[\w.:/-]{1,100}$/;
const spanName = /^[\w.]{1,60}( \w{1,30})?$/;

/** What of a span may leave: times, ids, numbers and words of a list, without events, links and messages. */
export function publicSpan(span: ReadableSpan, redact: Redact): ReadableSpan {
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(span.attributes)) {
    if (!sayable.has(name)) continue;
    const isPlain = typeof value === "number" || typeof value === "boolean";
    if (isPlain || (typeof value === "string" && word.test(value) && redact(value) === value))
      attributes[name] = value;
  }
  const { kind, startTime, endTime, duration, ended, resource, instrumentationScope } = span;
  return {
    ...{ kind, startTime, endTime, duration, ended, resource, instrumentationScope, attributes },
    ...(span.parentSpanContext === undefined ? {} : { parentSpanContext: span.parentSpanContext }),
    name: spanName.test(span.name) ? span.name : "span",
    spanContext: () => span.spanContext(),
    status: { code: span.status.code },
    ...{ links: [], events: [], droppedAttributesCount: 0, droppedEventsCount: 0, droppedLinksCount: 0 },
  };
}
