import { createSign } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator } from "emulate";
import { correct } from "./corrections/all.ts";
import { deliveries } from "./corrections/deliveries.ts";
import { type Forward, forwardTo } from "./exchange.ts";
import { createFaults } from "./faults.ts";
import { createFork } from "./fork.ts";
import { type Behind, listen, relayPath } from "./front.ts";
import { commit, entriesOf, initBare, readFolder } from "./git.ts";
import { createIdentities } from "./identities.ts";
import { type Call, createMirror, type Mirror } from "./mirror.ts";
import { createPerson } from "./person.ts";
import {
  actionsAppId,
  appId,
  createKey,
  emulateRoles,
  installationIds,
  otherCiAppId,
  seedOf,
} from "./seed.ts";
import type { LocalGitHub, LocalGitHubOptions, LocalRepository, LoggedRequest } from "./types.ts";
import { createWebhooks } from "./webhooks.ts";

/** Starts a GitHub on this machine: emulate for the API, git http-backend for git, one address in front of both. */
export async function startGitHub(options: LocalGitHubOptions): Promise<LocalGitHub> {
  const slug = options.app?.slug ?? "firstdraft";
  const secret = options.app?.webhookSecret ?? "a-webhook-secret";
  const installations = installationIds(options, 100);
  const workflows = installationIds(options, 200);
  const otherCi = installationIds(options, 300);
  const identities = createIdentities(
    new Map([
      [appId, slug],
      [actionsAppId, "github-actions"],
      [otherCiAppId, "other-ci"],
    ]),
  );
  const folder = await mkdtemp(join(tmpdir(), "local-github-"));
  const mirrors = new Map<string, Mirror>();
  const requests: LoggedRequest[] = [];
  const faults = createFaults();

  const ready = Promise.withResolvers<Behind>();
  const [{ server, url }, key] = await Promise.all([listen(ready.promise), createKey()]);
  const app = { slug, secret, key, relayUrl: `${url}${relayPath}` };
  const emulator = await createEmulator({
    service: "github",
    port: 0,
    seed: seedOf(options, identities, app),
  });

  const emulate = forwardTo(emulator.url, url);
  const appIds = new Map([
    ...[...installations.values()].map((id) => [id, appId] as const),
    ...[...workflows.values()].map((id) => [id, actionsAppId] as const),
    ...[...otherCi.values()].map((id) => [id, otherCiAppId] as const),
  ]);
  const api = correct(emulate, identities, appIds, url);
  const owner = options.repositories[0]?.owner ?? "";
  const webhooks = createWebhooks(secret, speak(api, identities.tokenOf(owner)), options.app?.webhookUrl);

  for (const repository of options.repositories) {
    const call = speak(emulate, identities.tokenOf(repository.owner));
    const parent = repository.forkOf === undefined ? undefined : mirrors.get(repository.forkOf);
    const mirror = parent
      ? await createFork(folder, repository, call, parent)
      : await createRepository(folder, repository, call);
    mirrors.set(`${repository.owner}/${repository.name}`, mirror);
    for (const { login, role } of options.users ?? []) {
      const path = `/repos/${repository.owner}/${repository.name}/collaborators/${login}`;
      if (role && login !== repository.owner) await call("PUT", path, { permission: emulateRoles[role] });
    }
  }
  const correction = deliveries({ ...webhooks, appId, apiUrl: `${url}/api/v3` });
  const whole: Forward = (request) => correction(request, api);
  ready.resolve({ api: whole, identities, webhooks, faults, requests, mirror: (name) => mirrors.get(name) });

  const mirrorOf = (repository: string): Mirror => {
    const mirror = mirrors.get(repository);
    if (!mirror) throw new Error(`no repository ${repository}`);
    return mirror;
  };
  const numberOf = (ids: Map<string, number>, login = owner): number => {
    const id = ids.get(login);
    if (!id) throw new Error(`not installed at ${login}`);
    return id;
  };
  const installationToken = async (issuer: number, installation: number, rights = {}): Promise<string> => {
    const path = `/app/installations/${installation}/access_tokens`;
    const { status, body } = await speak(api, signedBy(key, issuer))("POST", path, rights);
    if (status !== 201) throw new Error(`no token: ${status} ${JSON.stringify(body)}`);
    return body.token;
  };
  let closing: Promise<void> | undefined;
  const close = async () => {
    server.close();
    server.closeAllConnections();
    await webhooks.close();
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  };

  return {
    url,
    apiUrl: `${url}/api/v3`,
    host: new URL(url).host,
    appId,
    appLogin: `${slug}[bot]`,
    privateKey: key,
    webhookSecret: secret,
    installationId: (login) => numberOf(installations, login),
    token: (login) => identities.tokenOf(login),
    appToken: (login, permissions) =>
      installationToken(appId, numberOf(installations, login), permissions && { permissions }),
    actionsToken: (login, permissions) =>
      installationToken(actionsAppId, numberOf(workflows, login), permissions && { permissions }),
    otherCiToken: (login) => installationToken(otherCiAppId, numberOf(otherCi, login)),
    remoteUrl: (login, name) => `${url}/${login}/${name}.git`,
    async gitDir(login, name) {
      const mirror = mirrorOf(`${login}/${name}`);
      await mirror.toGit();
      return mirror.gitDir;
    },
    as: (login) => createPerson(login, speak(api, identities.tokenOf(login)), mirrorOf),
    deliverTo: webhooks.deliverTo,
    deliveries: webhooks.deliveries,
    attempts: webhooks.attempts,
    redeliver: webhooks.redeliver,
    requests,
    fail: faults.add,
    heal: faults.heal,
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => (closing ??= close()),
  };
}

const speak =
  (api: Forward, token: string): Call =>
  (method, path, body) => {
    const [at = "", query = ""] = path.split(/(?=\?)/);
    return api({ method, path: at, query, headers: { authorization: `Bearer ${token}` }, body });
  };

async function createRepository(folder: string, repository: LocalRepository, call: Call): Promise<Mirror> {
  const { owner, name, files, folder: source, defaultBranch: branch = "main" } = repository;
  const gitDir = join(folder, owner, `${name}.git`);
  await mkdir(gitDir, { recursive: true });
  await initBare(gitDir, branch);
  const mirror = createMirror(gitDir, `${owner}/${name}`, call);
  const first = files ? entriesOf(files) : source ? await readFolder(source) : null;
  if (first) {
    await commit(gitDir, { branch, login: owner, message: "Initial commit", files: first });
    await mirror.toApi();
  }
  return mirror;
}

/** An App's own token. Format: https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app */
function signedBy(key: string, issuer: number): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "RS256", typ: "JWT" })}.${part({ iat: now - 30, exp: now + 300, iss: String(issuer) })}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(key, "base64url")}`;
}
