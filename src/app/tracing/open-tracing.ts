import type { Log } from "../../log/log-lines.ts";
import { Problem } from "../../log/problem.ts";
import type { Redact } from "../../log/redact.ts";
import { type Traced, untraced } from "./traced.ts";

/** The spans of this process's runs, on their way to the operator's collector. */
export interface Tracing {
  readonly traced: Traced;
  /** Sends what is left, for two seconds at most. False: something may still be under way. Never throws. */
  close(): Promise<boolean>;
}

const none: Tracing = { traced: untraced, close: async () => true };

/**
 * Tracing by OpenTelemetry's own variables; nothing is loaded unless one names a collector. Throws `app-variable-invalid`.
 * Source: https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export async function openTracing(redact: Redact, log: Log): Promise<Tracing> {
  const { env } = process;
  const given = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"].filter((name) =>
    env[name]?.trim(),
  );
  if (given.length === 0 || env.OTEL_SDK_DISABLED?.toLowerCase() === "true") return none;
  for (const name of given) requireHttp(name, env[name] ?? "");
  for (const name of ["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"]) {
    if (!/^(http\/.*)?$/.test(env[name]?.trim() ?? ""))
      throw new Problem("app-variable-invalid", { name, why: "spans are sent as http/json alone" });
  }
  const { sendSpans } = await import("./send-spans.ts");
  return sendSpans(redact, log);
}

/** The value itself is not said: it can hold a password. */
function requireHttp(name: string, value: string): void {
  const protocol = URL.canParse(value) ? new URL(value).protocol : "";
  if (protocol === "http:" || protocol === "https:") return;
  throw new Problem("app-variable-invalid", { name, why: "it is no http or https address" });
}
