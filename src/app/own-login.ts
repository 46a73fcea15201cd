import { setTimeout as delay } from "node:timers/promises";
import type { Probot } from "probot";
import { statusOf } from "../github/errors.ts";
import { Problem } from "../log/problem.ts";

export interface OwnLogin {
  /** Asks GitHub until it has answered once. Throws `app-refused`, `app-variable-invalid`. */
  ask(): Promise<string>;
  /** Asks every `pause` milliseconds (default 10 s) until GitHub has answered or `signal` ends it. */
  keepAsking(signal: AbortSignal, pause?: number): Promise<void>;
  /** What is known without asking. */
  known(): readonly string[];
}

/** The account of the App: its slug and `[bot]`. */
export function ownLogin(probot: Probot, apiUrl: string): OwnLogin {
  let login: string | undefined;
  const ask = async () => (login ??= `${await slugOf(probot, apiUrl)}[bot]`);
  return {
    ask,
    known: () => (login === undefined ? [] : [login]),
    keepAsking: async (signal, pause = 10_000) => {
      while (login === undefined && !signal.aborted) {
        await delay(pause, null, { signal }).catch(() => {});
        // Why there is no answer was said when it was asked first.
        if (!signal.aborted) await ask().catch(() => {});
      }
    },
  };
}

async function slugOf(probot: Probot, apiUrl: string): Promise<string> {
  const app = await probot.auth();
  try {
    const { data } = await app.rest.apps.getAuthenticated();
    return data?.slug ?? "";
  } catch (cause) {
    const status = statusOf(cause);
    if (status === null) {
      throw new Problem(
        "app-variable-invalid",
        { name: "PRIVATE_KEY", why: "nothing can be signed with it" },
        { cause },
      );
    }
    if (status === 401 || status === 403 || status === 404) {
      throw new Problem("app-refused", { status, host: new URL(apiUrl).host }, { cause });
    }
    throw cause;
  }
}
