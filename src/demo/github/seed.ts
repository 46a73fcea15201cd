import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import type { Identities } from "./identities.ts";
import type { LocalGitHubOptions, Role } from "./types.ts";

export const appId = 4711;
/** The App behind every workflow's GITHUB_TOKEN (the number is GitHub's own). */
export const actionsAppId = 15368;
/** Another App, that reports checks of its own. */
export const otherCiAppId = 1147;

/** emulate's words for roles. */
export const emulateRoles: Readonly<Record<Role, string>> = {
  admin: "admin",
  maintain: "maintain",
  write: "push",
  triage: "triage",
  read: "pull",
};

const ownPermissions = {
  contents: "write",
  issues: "write",
  pull_requests: "write",
  checks: "write",
  statuses: "read",
  actions: "read",
  metadata: "read",
};

export async function createKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  return privateKey;
}

export const ownersOf = (options: LocalGitHubOptions): string[] => [
  ...new Set(options.repositories.map(({ owner }) => owner)),
];

/** One installation per owner and App: the number says which. */
export const installationIds = (options: LocalGitHubOptions, base: number): Map<string, number> =>
  new Map(ownersOf(options).map((owner, index) => [owner, base + index]));

/** What emulate starts with; commits follow through its API. */
export function seedOf(
  options: LocalGitHubOptions,
  identities: Identities,
  app: { slug: string; secret: string; key: string; relayUrl: string },
) {
  const logins = [...new Set([...ownersOf(options), ...(options.users ?? []).map(({ login }) => login)])];
  const permissions = options.app?.permissions ?? ownPermissions;
  const installed = (base: number, granted: object) =>
    [...installationIds(options, base)].map(([account, installation_id]) => ({
      installation_id,
      account,
      repository_selection: "all",
      permissions: granted,
    }));
  return {
    tokens: Object.fromEntries(
      logins.map((login) => [identities.tokenOf(login), { login, scopes: ["repo", "user"] }]),
    ),
    github: {
      users: [
        ...logins.map((login) => ({ login, email: `${login}@users.noreply.github.com` })),
        // The account that GitHub itself commits with.
        { login: "web-flow", name: "GitHub", email: "noreply@github.com" },
      ],
      // A fork comes to be by being made.
      repos: options.repositories
        .filter(({ forkOf }) => forkOf === undefined)
        .map((repository) => ({
          owner: repository.owner,
          name: repository.name,
          private: repository.private ?? false,
          default_branch: repository.defaultBranch ?? "main",
          auto_init: false,
        })),
      apps: [
        {
          app_id: appId,
          slug: app.slug,
          name: app.slug,
          private_key: app.key,
          permissions,
          events: options.app?.events ?? ["issues", "issue_comment", "pull_request", "pull_request_review"],
          webhook_url: app.relayUrl,
          installations: installed(100, options.app?.accepted ?? permissions),
        },
        {
          app_id: actionsAppId,
          slug: "github-actions",
          name: "GitHub Actions",
          private_key: app.key,
          permissions: ownPermissions,
          events: [],
          installations: installed(200, ownPermissions),
        },
        {
          app_id: otherCiAppId,
          slug: "other-ci",
          name: "Another CI",
          private_key: app.key,
          permissions: { checks: "write", metadata: "read", statuses: "write" },
          events: [],
          installations: installed(300, { checks: "write", metadata: "read", statuses: "write" }),
        },
      ],
    },
  };
}
