import { createHmac, generateKeyPairSync, randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import type { AppStages } from "../../src/app/reaching.ts";
import type { ServeOptions } from "../../src/app/serve.ts";
import { startGitHub } from "../../src/demo/github/start.ts";
import { createRedact } from "../../src/log/redact.ts";

export const secret = "a-webhook-secret";

export const aKey = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  }).privateKey;

export type GitHub = Awaited<ReturnType<typeof startGitHub>>;

export const gitHub = () =>
  startGitHub({
    repositories: [
      { owner: "acme", name: "sums", files: { "README.md": "# Sums\n" } },
      { owner: "acme", name: "other", files: { "README.md": "# Other\n" } },
      { owner: "acme", name: "third", files: { "README.md": "# Third\n" } },
    ],
    users: [{ login: "maintainer", role: "write" }],
    app: { webhookSecret: secret },
  });

export function options(github: GitHub, dataDir: string, stages: Partial<AppStages> = {}): ServeOptions {
  return {
    env: {
      APP_ID: String(github.appId),
      PRIVATE_KEY: github.privateKey,
      WEBHOOK_SECRET: secret,
      GHE_HOST: github.host,
      GHE_PROTOCOL: "http",
      HOST: "127.0.0.1",
      PORT: "0",
      LOG_LEVEL: process.env.LOG_LEVEL ?? "silent",
    },
    dataDir,
    redact: createRedact([]),
    retryDelay: 0,
    stages: () => ({
      intake: async () => "accepted",
      run: async () => {},
      failed: async () => {},
      ...stages,
    }),
  };
}

const examples: { name: string; examples: Payload[] }[] = createRequire(import.meta.url)(
  "@octokit/webhooks-examples/api.github.com/index.json",
);
// biome-ignore lint/suspicious/noExplicitAny: whatever GitHub sends
type Payload = any;

/** A real payload of GitHub's, as it stands in @octokit/webhooks-examples, with an installation. */
export function example(event: string, action: string): Payload {
  const found = examples
    .find(({ name }) => name === event)
    ?.examples.find((payload) => payload.action === action);
  return { ...structuredClone(found), installation: { id: 7 } };
}

export const sign = (body: string, algorithm = "sha256", by = secret) =>
  `${algorithm}=${createHmac(algorithm, by).update(body).digest("hex")}`;

export function post(url: string, event: string, body: string, headers: Record<string, string> = {}) {
  return fetch(`${url}/api/github/webhooks`, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": event,
      "x-github-delivery": randomUUID(),
      "x-hub-signature-256": sign(body),
      ...headers,
    },
  });
}
