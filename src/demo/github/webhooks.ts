import { createHmac, randomUUID } from "node:crypto";
import { asIssue } from "./corrections/pull-requests.ts";
import type { Call } from "./mirror.ts";
import type { Attempt, Delivery, Json } from "./types.ts";

export interface Webhooks {
  readonly deliveries: readonly Delivery[];
  /** Every time that a delivery was sent and has ended, oldest first. */
  readonly attempts: readonly Attempt[];
  deliverTo(url: string): void;
  /** Takes what emulate sends, and passes on what GitHub would. */
  relay(event: string, payload: Json): void;
  redeliver(guid: string): Promise<number | null>;
  close(): Promise<void>;
}

interface Event {
  readonly event: string;
  readonly payload: Json;
}

/** As large as GitHub's are: beyond what a number of JavaScript holds exactly. */
const firstAttempt = 9_007_199_254_740_993n;

/** Between emulate and the App: emulate numbers deliveries by the clock and keeps no record of them. */
export function createWebhooks(secret: string, call: Call, firstUrl: string | undefined): Webhooks {
  const deliveries: Delivery[] = [];
  const attempts: Attempt[] = [];
  const ending = new AbortController();
  let url = firstUrl;

  const send = async (delivery: Delivery) => {
    if (!url) return;
    const body = JSON.stringify(delivery.payload);
    const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(10_000)]);
    const headers = {
      "content-type": "application/json",
      "user-agent": "GitHub-Hookshot/stand-in",
      connection: "close",
      "x-github-event": delivery.event,
      "x-github-delivery": delivery.guid,
      "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
    };
    try {
      const response = await fetch(url, { method: "POST", headers, body, signal });
      delivery.status = response.status;
    } catch {
      // GitHub too only notes that nobody answered.
      delivery.status = null;
    }
    const redelivery = attempts.some((one) => one.delivery === delivery);
    const id = firstAttempt + BigInt(attempts.length);
    attempts.push({ id, delivery, at: new Date().toISOString(), status: delivery.status, redelivery });
  };

  // One after the other up to here, so that events leave in the order in which they happened.
  let last: Promise<void> = Promise.resolve();
  const relay = (event: string, payload: Json) => {
    last = last.then(async () => {
      for (const corrected of await correctEvent({ event, payload }, call)) {
        const delivery: Delivery = { guid: randomUUID(), ...corrected, status: null };
        deliveries.push(delivery);
        void send(delivery);
      }
    });
  };

  return {
    deliveries,
    attempts,
    deliverTo: (next) => {
      url = next;
    },
    relay,
    async redeliver(guid) {
      const delivery = deliveries.find((one) => one.guid === guid);
      if (!delivery) throw new Error(`no delivery ${guid}`);
      await send(delivery);
      return delivery.status;
    },
    async close() {
      ending.abort();
      // What is on its way still asks emulate.
      await last;
    },
  };
}

async function correctEvent({ event, payload }: Event, call: Call): Promise<Event[]> {
  const repository = payload.repository?.full_name;
  const whole = payload.label ? { ...payload, label: await labelOf(payload, repository, call) } : payload;
  // emulate labels a pull request as if it were an issue; GitHub has an event of its own for that.
  if (event === "issues" && payload.issue?.head) {
    const { issue: pull_request, ...rest } = whole;
    return [{ event: "pull_request", payload: { ...rest, number: pull_request.number, pull_request } }];
  }
  // emulate does not say that a comment's issue is a pull request, and shows it as it was before the comment.
  if (event === "issue_comment") {
    const { status, body } = await call("GET", `/repos/${repository}/pulls/${payload.issue.number}`);
    return [{ event, payload: status === 200 ? { ...whole, issue: asIssue(body) } : whole }];
  }
  // emulate tells of an issue opened with labels once; GitHub also sends one event for each label.
  if (event === "issues" && payload.action === "opened") {
    const labels = payload.issue.labels.map((label: unknown) => ({ ...payload, action: "labeled", label }));
    return [whole, ...labels].map((each) => ({ event, payload: each }));
  }
  return [{ event, payload: whole }];
}

/** emulate sends a label's name and colour only. */
async function labelOf(payload: Json, repository: string, call: Call): Promise<unknown> {
  const name = encodeURIComponent(payload.label.name);
  const { status, body } = await call("GET", `/repos/${repository}/labels/${name}`);
  return status === 200 ? body : payload.label;
}
