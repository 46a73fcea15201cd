import type { Octokit } from "./access.ts";
import { statusOf } from "./errors.ts";

/** Milliseconds for which GitHub can send a delivery again. https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/redelivering-webhooks */
const kept = 3 * 24 * 60 * 60_000;
/** A hundred deliveries each. */
const mostPages = 100;

export interface FailedDeliveries {
  /** The newest attempt at each, by GitHub's number for it. */
  readonly attempts: readonly string[];
  /** False: there are more deliveries than were looked at. */
  readonly whole: boolean;
}

interface Failed {
  readonly attempt: string;
  count: number;
}

/**
 * What GitHub has failed to deliver in the last three days and not delivered since, of these events (`issues.labeled`). Those
 * that were tried least come first, and of these the oldest, so that one which always fails keeps nobody waiting.
 */
export async function failedDeliveries(
  { rest, paginate }: Octokit,
  events: readonly string[],
  signal: AbortSignal,
): Promise<FailedDeliveries> {
  const since = Date.now() - kept;
  const delivered = new Set<string>();
  const failed = new Map<string, Failed>();
  let [pages, whole] = [0, true];
  const list = paginate.iterator(rest.apps.listWebhookDeliveries, { per_page: 100, request: { signal } });
  // The newest come first.
  for await (const { data } of list) {
    const recent = data.filter(({ delivered_at }) => Date.parse(delivered_at) >= since);
    for (const { id, guid, event, action, status_code: status } of recent) {
      if (!events.includes(action === null ? event : `${event}.${action}`)) continue;
      if (status >= 200 && status < 300) delivered.add(guid);
      else
        failed.set(guid, {
          attempt: failed.get(guid)?.attempt ?? String(id),
          count: (failed.get(guid)?.count ?? 0) + 1,
        });
    }
    if (recent.length < data.length) break;
    whole = ++pages < mostPages;
    if (!whole) break;
  }
  const open = [...failed].filter(([guid]) => !delivered.has(guid)).map(([, one]) => one);
  const attempts = open.toReversed().sort((one, other) => one.count - other.count);
  return { attempts: attempts.map(({ attempt }) => attempt), whole };
}

/** Asks GitHub to send a delivery again. False: it no longer can. Throws what may pass. */
export async function redeliver({ rest }: Octokit, attempt: string, signal: AbortSignal): Promise<boolean> {
  try {
    // What GitHub numbers is beyond what a number holds exactly, whatever the types say.
    const delivery_id = attempt as unknown as number;
    await rest.apps.redeliverWebhookDelivery({ delivery_id, request: { signal } });
    return true;
  } catch (error) {
    const status = statusOf(error);
    if (status === 400 || status === 404 || status === 410 || status === 422) return false;
    throw error;
  }
}
