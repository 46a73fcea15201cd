import { delimiter } from "node:path";
import type { Machine } from "./machine.ts";
import { homeInside, ownInside } from "./paths.ts";

/** Where this machine keeps the certificates it trusts, and the way out: used by a command with network only. */
const NETWORK_FILES = [
  "CARGO_HTTP_CAINFO",
  "CURL_CA_BUNDLE",
  "GIT_SSL_CAINFO",
  "NODE_EXTRA_CA_CERTS",
  "PIP_CERT",
  "REQUESTS_CA_BUNDLE",
  "SSL_CERT_DIR",
  "SSL_CERT_FILE",
];
const NETWORK_ADDRESSES = [
  "GOPROXY",
  "HTTPS_PROXY",
  "HTTP_PROXY",
  "NO_PROXY",
  "PIP_INDEX_URL",
  "http_proxy",
  "https_proxy",
  "no_proxy",
  "npm_config_registry",
];
const PUBLIC_FILES = /^\/(etc\/(ssl\/certs|pki)|usr)\//;

export type Environment = Readonly<Record<string, string>>;

/** The whole environment of a command: an allow-list, the toolchains' places, then what the caller adds. */
export function cleanEnvironment(
  { toolchains, hasNode }: Pick<Machine, "toolchains" | "hasNode">,
  { network = false, env = {} }: { readonly network?: boolean; readonly env?: Environment },
): Environment {
  return {
    // The last: programs that setup installed for lack of them never take the place of the machine's.
    PATH: [...toolchains.path, ...(hasNode ? [] : [`${ownInside}/bin`]), `${homeInside}/.local/bin`].join(
      delimiter,
    ),
    HOME: homeInside,
    CI: "true",
    LANG: "C.UTF-8",
    TMPDIR: "/tmp",
    ...toolchains.env,
    ...(network ? networkEnvironment() : {}),
    ...env,
  };
}

/** An address with a password or a token in it stays outside. */
export function networkEnvironment(): Environment {
  const files = NETWORK_FILES.filter((name) => PUBLIC_FILES.test(`${process.env[name] ?? ""}/`));
  const addresses = NETWORK_ADDRESSES.filter((name) => process.env[name] && !process.env[name].includes("@"));
  return Object.fromEntries([...files, ...addresses].map((name) => [name, process.env[name] ?? ""]));
}

/** The files with this machine's certificates that `env` names. */
export const certificateFiles = (env: Environment): string[] => [
  ...new Set(
    NETWORK_FILES.flatMap((name) => env[name] ?? []).filter((path) => PUBLIC_FILES.test(`${path}/`)),
  ),
];
