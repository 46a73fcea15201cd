import { createProbot, type Probot } from "probot";
import { fetchInTime } from "../github/connect.ts";
import { Problem } from "../log/problem.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export const publicApi = "https://api.github.com";

/** Where Probot's own environment says to listen, and which GitHub it means. */
export interface Addresses {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly webhookPath: string;
  readonly apiUrl: string;
}

/** Throws `app-variable-invalid`. Source of names and defaults: https://probot.github.io/docs/configuration/ */
export function addressesOf(env: Environment): Addresses {
  const { PORT = "3000", GHE_HOST, GHE_PROTOCOL = "https" } = env;
  if (!/^\d{1,5}$/.test(PORT)) {
    throw new Problem("app-variable-invalid", { name: "PORT", why: "it is no number of a port" });
  }
  const apiUrl = GHE_HOST ? `${GHE_PROTOCOL}://${GHE_HOST}/api/v3` : publicApi;
  if (!URL.canParse(apiUrl)) {
    throw new Problem("app-variable-invalid", { name: "GHE_HOST", why: `${apiUrl} is no address` });
  }
  return {
    host: env.HOST || "localhost",
    port: Number(PORT),
    webhookPath: env.WEBHOOK_PATH || "/api/github/webhooks",
    apiUrl,
  };
}

/** Probot, by its own environment. Throws `app-variable-missing`, `app-variable-invalid`. */
export async function probotOf(env: Environment): Promise<Probot> {
  // Probot would take any text as a secret, and "development" for none.
  for (const name of ["APP_ID", "WEBHOOK_SECRET"]) {
    if (!env[name]) throw new Problem("app-variable-missing", { name });
  }
  if (!/^\d+$/.test(env.APP_ID ?? "")) {
    throw new Problem("app-variable-invalid", { name: "APP_ID", why: "it is not the number of an App" });
  }
  const format = env.NODE_ENV === "production" ? "json" : "pretty";
  try {
    const probot = createProbot({
      env: { LOG_LEVEL: "info", LOG_FORMAT: format, ...env } as NodeJS.ProcessEnv,
      overrides: { request: { fetch: fetchInTime } },
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
