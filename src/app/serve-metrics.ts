import type { RequestListener } from "node:http";
import type { Depth } from "../job/depth.ts";
import type { Metrics } from "./metrics.ts";
import { openPort, type Port } from "./open-port.ts";

/** Serves `/metrics` at a port of its own: it says what is spent, which is nobody's business who can send a webhook. */
export function serveMetrics(
  address: { readonly host: string; readonly port: number },
  metrics: Metrics,
  depths: () => Promise<readonly Depth[]>,
): Promise<Port> {
  const listener: RequestListener = (request, response) => {
    if (request.url !== "/metrics" || request.method !== "GET") return response.writeHead(404).end();
    metrics.page(depths).then(
      ({ type, text }) => response.writeHead(200, { "content-type": type }).end(text),
      () => response.writeHead(500).end(),
    );
  };
  return openPort(address, "METRICS_PORT (and METRICS_HOST)", listener);
}
