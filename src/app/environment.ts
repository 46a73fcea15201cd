import { randomUUID } from "node:crypto";
import { createProbot, type Probot, ProbotOctokit } from "probot";
import { fetchInTime } from "../github/connect.ts";
import { ownPace } from "../github/own-pace.ts";
import { keepPace, notRetried } from "../github/pace.ts";
import { Problem } from "../log/problem.ts";

type ProbotOctokitOptions = NonNullable<ConstructorParameters<typeof ProbotOctokit>[0]>;
type Environment = Readonly<Record<string, string | undefined>>;

const publicApi = "https://api.github.com";

/** Where Probot's own environment says to listen, and which GitHub it means. */
export interface Addresses {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly webhookPath: string;
  readonly apiUrl: string;
  /** Where what was counted is to be read; null: nowhere. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
}

/** Throws `app-variable-invalid`. Source of names and defaults: https://probot.github.io/docs/configuration/ */
export function addressesOf(env: Environment): Addresses {
  const { PORT = "3000", METRICS_PORT, GHE_HOST, GHE_PROTOCOL = "https" } = env;
  const apiUrl = GHE_HOST ? `${GHE_PROTOCOL}://${GHE_HOST}/api/v3` : publicApi;
  if (!URL.canParse(apiUrl)) {
    throw new Problem("app-variable-invalid", { name: "GHE_HOST", why: `${apiUrl} is no address` });
  }
  return {
    host: env.HOST || "localhost",
    port: portIn("PORT", PORT),
    webhookPath: env.WEBHOOK_PATH || "/api/github/webhooks",
    apiUrl,
    metrics: METRICS_PORT
      ? { host: env.METRICS_HOST || "127.0.0.1", port: portIn("METRICS_PORT", METRICS_PORT) }
      : null,
  };
}

function portIn(name: string, value: string): number {
  if (/^\d{1,5}$/.test(value)) return Number(value);
  throw new Problem("app-variable-invalid", { name, why: "it is no number of a port" });
}

/**
 * For what is said as the App itself: tokens and deliveries, which are no writes of an installation. Probot's throttling
 * would wait for any limit, and counts by the time of day: set back by two hours, it has every request wait for those.
 */
const OwnOctokit = ProbotOctokit.defaults((options: ProbotOctokitOptions) => ({
  ...options,
  retry: { ...options.retry, doNotRetry: notRetried },
  // Probot gives options of its own to each.
  throttle: { ...options.throttle, enabled: false },
})).plugin((octokit) => {
  const pace = ownPace();
  keepPace(octokit, { ...pace, ask: () => pace.ask(false) });
});

/**
 * Probot, by its own environment. `webhooks`: whether it is to take any; else it needs no secret for them.
 * Throws `app-variable-missing`, `app-variable-invalid`.
 */
export async function probotOf(
  env: Environment,
  { fetch = fetchInTime, webhooks = true }: { fetch?: typeof fetchInTime; webhooks?: boolean } = {},
): Promise<Probot> {
  // Probot would take any text as a secret, and "development" for none.
  const secret = webhooks ? {} : { WEBHOOK_SECRET: randomUUID() };
  for (const name of webhooks ? ["APP_ID", "WEBHOOK_SECRET"] : ["APP_ID"]) {
    if (!env[name]) throw new Problem("app-variable-missing", { name });
  }
  if (!/^\d+$/.test(env.APP_ID ?? "")) {
    throw new Problem("app-variable-invalid", { name: "APP_ID", why: "it is not the number of an App" });
  }
  const format = env.NODE_ENV === "production" ? "json" : "pretty";
  try {
    const probot = createProbot({
      env: { LOG_LEVEL: "info", LOG_FORMAT: format, ...env, ...secret } as NodeJS.ProcessEnv,
      overrides: { Octokit: OwnOctokit, request: { fetch } },
    });
    return await probot.ready();
  } catch (cause) {
    const given = ["PRIVATE_KEY", "PRIVATE_KEY_PATH"].find((name) => env[name]);
    if (!given) throw new Problem("app-variable-missing", { name: "PRIVATE_KEY" }, { cause });
    throw new Problem(
      "app-variable-invalid",
      { name: given, why: "there is no key in PEM format in it" },
      { cause },
    );
  }
}
