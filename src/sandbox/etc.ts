import { existsSync, readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { homeInside } from "./paths.ts";
import { phpExtensions } from "./php.ts";
import { type SealedFile, sealFile } from "./sealed-file.ts";

/** What programs look up in /etc and that tells nothing about this machine's owner. */
const SHARED = [
  "alternatives",
  "ca-certificates/extracted",
  "crypto-policies",
  "ld.so.cache",
  "localtime",
  "maven/logging",
  "maven/m2.conf",
  "mime.types",
  "os-release",
  "pki/ca-trust",
  "pki/tls/certs",
  "protocols",
  "services",
  "ssl/certs",
  "ssl/openssl.cnf",
];
const JAVA = /^java-.*openjdk/;

/** bubblewrap's arguments that show the shared part of /etc read-only; a link costs no mount. */
export function sharedEtc(): string[] {
  const java = readdirSync("/etc").filter((name) => JAVA.test(name));
  return [...SHARED, ...java].flatMap((name) => {
    const path = join("/etc", name);
    if (!existsSync(path)) return [];
    const real = realpathSync(path);
    return real.startsWith("/usr/") ? ["--symlink", real, path] : ["--ro-bind", real, path];
  });
}

/** The resolver's configuration, bound only for a command with network. */
export const resolverFile = (): string | null =>
  existsSync("/etc/resolv.conf") ? realpathSync("/etc/resolv.conf") : null;

export interface OwnFile {
  readonly inside: string;
  readonly file: SealedFile;
}

/** Files of our own making: the machine's accounts and host names stay outside. */
export function ownEtc(): OwnFile[] {
  const files = {
    "/etc/passwd": `root:x:0:0:root:/:/usr/sbin/nologin\nsandbox:x:1000:1000:sandbox:${homeInside}:/bin/bash\nnobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n`,
    "/etc/group": "root:x:0:\nsandbox:x:1000:\nnogroup:x:65534:\n",
    "/etc/hosts": "127.0.0.1 localhost sandbox\n::1 localhost ip6-localhost\n",
    "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n",
    ...phpExtensions(),
  };
  return Object.entries(files).map(([inside, text]) => ({ inside, file: sealFile(text) }));
}
