import { ask, type Correction, refusal } from "../exchange.ts";
import type { Attempt, Json } from "../types.ts";
import type { Webhooks } from "../webhooks.ts";

interface Deliveries extends Pick<Webhooks, "attempts" | "redeliver"> {
  readonly appId: number;
  /** Where the API is served, for the links to further pages. */
  readonly apiUrl: string;
}

/** emulate keeps no record of what it delivers; GitHub shows it to the App itself, and delivers again what it asks for. */
export const deliveries =
  ({ attempts, redeliver, appId, apiUrl }: Deliveries): Correction =>
  async (request, forward) => {
    const asked = /^\/app\/hook\/deliveries(?:\/(\d+)\/attempts)?$/.exec(request.path);
    if (asked === null) return forward(request);
    const app = await forward(ask(request, "/app"));
    if (app.status !== 200 || app.body.id !== appId) return refusal(401, "Bad credentials");
    const again = asked[1];
    if (again !== undefined) {
      const attempt = attempts.find(({ id }) => id === BigInt(again));
      if (attempt === undefined || request.method !== "POST") return refusal(404, "Not Found");
      void redeliver(attempt.delivery.guid);
      return { status: 202, headers: json, body: {} };
    }
    const query = new URLSearchParams(request.query);
    const size = Math.min(100, Number(query.get("per_page") ?? 30));
    const before = query.get("cursor");
    const older = attempts.filter(({ id }) => before === null || id < BigInt(before)).toReversed();
    const page = older.slice(0, size);
    const next = `${apiUrl}/app/hook/deliveries?per_page=${size}&cursor=${page.at(-1)?.id}`;
    const headers = older.length > size ? { ...json, link: `<${next}>; rel="next"` } : json;
    return { status: 200, headers, body: Buffer.from(`[${page.map(shown).join()}]`) };
  };

const json = { "content-type": "application/json; charset=utf-8" };

/** https://docs.github.com/en/rest/apps/webhooks#list-deliveries-for-an-app-webhook */
function shown({ id, delivery, at, status, redelivery }: Attempt): string {
  const { guid, event, payload } = delivery;
  const { action, installation, repository }: Json = payload;
  const said = {
    ...{ guid, delivered_at: at, redelivery, duration: 0.1, throttled_at: null },
    status: status === null ? "failed to connect to host" : status < 300 ? "OK" : "Invalid HTTP Response",
    ...{ status_code: status ?? 502, event, action: action ?? null },
    installation_id: installation?.id ?? null,
    repository_id: repository?.id ?? null,
  };
  // A number that JSON.stringify would not write.
  return `{"id":${id},${JSON.stringify(said).slice(1)}`;
}
