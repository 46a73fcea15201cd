import { createHmac, randomUUID } from "node:crypto";
import { request } from "node:http";
import { json } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";

/** What this program reads on standard input: deliveries at a fixed rate, whether the answers keep up or not. */
export interface Deliveries {
  readonly url: string;
  readonly secret: string;
  readonly event: string;
  /** A webhook's payload with an issue; each delivery gets another issue number. */
  readonly payload: { readonly issue: object } & Readonly<Record<string, unknown>>;
  readonly perSecond: number;
  readonly seconds: number;
}

/** What it writes on standard output. */
export interface Answers {
  /** Milliseconds from the moment when each was due to the end of its answer. */
  readonly milliseconds: readonly number[];
  /** The status of each, in the same order; 0: no answer came. */
  readonly statuses: readonly number[];
  /** The GUID of each, in the same order. */
  readonly guids: readonly string[];
}

const { url, secret, event, payload, perSecond, seconds } = (await json(process.stdin)) as Deliveries;

const begin = performance.now();
const guids = Array.from({ length: perSecond * seconds }, () => randomUUID());
const all: Promise<{ status: number; milliseconds: number }>[] = [];
for (const [index, guid] of guids.entries()) {
  const due = begin + (index * 1000) / perSecond;
  const early = due - performance.now();
  if (early > 0) await delay(early);
  all.push(deliver(guid, index, due));
}
const answers = await Promise.all(all);
const written: Answers = {
  milliseconds: answers.map(({ milliseconds }) => milliseconds),
  statuses: answers.map(({ status }) => status),
  guids,
};
process.stdout.write(JSON.stringify(written));

function deliver(
  guid: string,
  index: number,
  due: number,
): Promise<{ status: number; milliseconds: number }> {
  const body = JSON.stringify({ ...payload, issue: { ...payload.issue, number: index + 1 } });
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "x-github-event": event,
    "x-github-delivery": guid,
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  };
  return new Promise((resolve) => {
    const done = (status: number) => resolve({ status, milliseconds: performance.now() - due });
    const call = request(url, { method: "POST", headers }, (response) => {
      response.resume().on("end", () => done(response.statusCode ?? 0));
    });
    call.on("error", () => done(0));
    call.end(body);
  });
}
