import { context, trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import {
  defaultResource,
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from "@opentelemetry/resources";
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from "@opentelemetry/sdk-trace";
import type { Log } from "../../log/log-lines.ts";
import { plain } from "../../log/plain.ts";
import type { Redact } from "../../log/redact.ts";
import { inTime } from "../in-time.ts";
import type { Tracing } from "./open-tracing.ts";
import { publicSpan } from "./public-span.ts";
import { StageContexts, spansOf } from "./run-spans.ts";

/** Milliseconds that the end of the process waits for the collector. */
const patience = 2000;

/**
 * Sends this process's spans, those of the model's SDK too, where the exporter's own variables say; in batches, beside the
 * work. What cannot be sent is lost, which is said once.
 */
export function sendSpans(redact: Redact, log: Log): Tracing {
  let said = false;
  const complain = (why: string) => {
    if (said) return;
    said = true;
    log(
      `spans cannot be sent (${plain(redact(why)).replace(/\s+/g, " ").slice(0, 200)}); runs go on without`,
    );
  };
  const http = new OTLPTraceExporter();
  const exporter: SpanExporter = {
    export: (spans, done) =>
      http.export(
        spans.map((span) => publicSpan(span, redact)),
        (result) => {
          if (result.code !== 0) complain(reasonOf(result.error));
          done(result);
        },
      ),
    shutdown: () => http.shutdown(),
  };
  const resource = defaultResource()
    .merge(resourceFromAttributes({ "service.name": "firstdraft" }))
    .merge(detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] }));
  const provider = new TracerProvider({ resource, spanProcessors: [new BatchSpanProcessor({ exporter })] });
  context.setGlobalContextManager(new StageContexts().enable());
  trace.setGlobalTracerProvider(provider);
  return {
    traced: spansOf(provider.getTracer("firstdraft")),
    close: () => {
      trace.disable();
      context.disable();
      return inTime(provider.shutdown(), patience, "no answer in time").then(
        () => true,
        (error) => {
          complain(reasonOf(error));
          return false;
        },
      );
    },
  };
}

/** An answer's status, a code of the network, or a sentence: never what the collector wrote. */
function reasonOf(error: unknown): string {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === "number") return `the collector answers ${code}`;
  return String(code ?? (message || "no answer"));
}
