import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One package, as all registries here have it. `days`: how long ago it was first published; absent: not told. */
export interface Published {
  readonly days?: number;
  readonly latest?: string;
  readonly licence?: string;
}

export interface Registries extends AsyncDisposable {
  /** What npm, pip, go and cargo take the registries' addresses from. */
  readonly env: Readonly<Record<string, string>>;
  /** The paths that were asked for. */
  readonly asked: readonly string[];
}

type Route = (packages: Packages, name: string, origin: string) => unknown;
type Packages = Readonly<Record<string, Published>>;

const before = (days = 0) => new Date(Date.now() - days * 86_400_000 - 60_000).toISOString();
const latestOf = ({ latest = "1.0.0" }: Published) => latest;

/** Each registry's own format; what a route returns as a text or bytes is answered as it is. */
const routes: readonly (readonly [RegExp, Route])[] = [
  [/^\/npm\/(.+)$/, (packages, name) => packument(packages, decodeURIComponent(name))],
  [
    /^\/pypi\/simple\/([^/]+)\/$/,
    (packages, name) =>
      known(packages, name, ({ days }) => ({
        meta: { "api-version": "1.1" },
        name,
        files: [
          {
            filename: `${name}-1.0.0.tar.gz`,
            url: "x",
            hashes: {},
            "upload-time": days === undefined ? null : before(days),
          },
          { filename: `${name}-1.0.1.tar.gz`, url: "x", hashes: {}, "upload-time": before(0) },
        ].slice(0, days === undefined ? 1 : 2),
      })),
  ],
  [
    /^\/pypi\/pypi\/([^/]+)\/json$/,
    (packages, name) =>
      known(packages, name, (one) => ({
        info: { name, version: latestOf(one), license: null, license_expression: one.licence ?? null },
      })),
  ],
  [
    /^\/go\/(.+)\/@v\/list$/,
    (packages, name) => known(packages, name, ({ days }) => (days === undefined ? "" : "v1.10.0\nv1.9.0\n")),
  ],
  [
    /^\/go\/(.+)\/@latest$/,
    (packages, name) => known(packages, name, () => ({ Version: "v1.10.0", Time: before(0) })),
  ],
  [
    /^\/go\/(.+)\/@v\/v1\.9\.0\.info$/,
    (packages, name) => known(packages, name, ({ days }) => ({ Version: "v1.9.0", Time: before(days) })),
  ],
  [
    /^\/crates\/index\/config\.json$/,
    (_packages, _name, origin) => ({ dl: `${origin}/crates/dl/{crate}`, api: `${origin}/crates` }),
  ],
  [
    /^\/crates\/index\/..\/..\/([\w-]+)$/,
    (packages, name) =>
      known(packages, name, () => ({
        ...{ name, vers: "1.0.0", deps: [], features: {}, yanked: false },
        cksum: createHash("sha256").update(crate(name)).digest("hex"),
      })),
  ],
  [/^\/crates\/dl\/([\w-]+)$/, (packages, name) => known(packages, name, () => crate(name))],
  [
    /^\/crates\/api\/v1\/crates\/([\w-]+)$/,
    (packages, name) =>
      known(packages, name, ({ days }) => ({ crate: { name, created_at: before(days), downloads: 12_345 } })),
  ],
];

/** Registries on this machine that have `packages` and nothing else. */
export async function startRegistries(packages: Packages): Promise<Registries> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    asked.push(path);
    const origin = `http://${request.headers.host}`;
    for (const [pattern, route] of routes) {
      const found = pattern.exec(path);
      const answer = found === null ? undefined : route(packages, found[1] ?? "", origin);
      if (answer === undefined) continue;
      const raw = typeof answer === "string" || Buffer.isBuffer(answer);
      response.setHeader("content-type", raw ? "text/plain" : "application/json");
      return response.end(raw ? answer : JSON.stringify(answer));
    }
    response.writeHead(404, { "content-type": "application/json" }).end('{"error":"Not found"}');
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    asked,
    env: {
      npm_config_registry: `${origin}/npm/`,
      PIP_INDEX_URL: `${origin}/pypi/simple`,
      GOPROXY: `${origin}/go,direct`,
      CARGO_REGISTRY_DEFAULT: "here",
      CARGO_REGISTRIES_HERE_INDEX: `sparse+${origin}/crates/index/`,
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function known<T>(packages: Packages, name: string, answer: (one: Published) => T): T | undefined {
  const one = packages[name];
  return one === undefined ? undefined : answer(one);
}

const packument = (packages: Packages, name: string) =>
  known(packages, name, (one) => {
    const { licence: license } = one;
    const version = latestOf(one);
    return {
      ...{ name, license, "dist-tags": { latest: version } },
      versions: {
        [version]: { name, version, license, dist: { tarball: "http://127.0.0.1:9/x.tgz", shasum: "0" } },
      },
      ...(one.days === undefined ? {} : { time: { created: before(one.days), [version]: before(0) } }),
    };
  });

const crates = new Map<string, Buffer>();

/** A package of cargo's, in the archive that its index promises. */
function crate(name: string): Buffer {
  const made = crates.get(name) ?? pack(name);
  crates.set(name, made);
  return made;
}

function pack(name: string): Buffer {
  const top = mkdtempSync(join(tmpdir(), "firstdraft-crate-"));
  const folder = join(top, `${name}-1.0.0`);
  mkdirSync(join(folder, "src"), { recursive: true });
  const manifest = `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2018"\nlicense = "MIT"\n`;
  writeFileSync(join(folder, "Cargo.toml"), manifest);
  writeFileSync(join(folder, "src/lib.rs"), "");
  const bytes = execFileSync("tar", ["-C", top, "-czf", "-", `${name}-1.0.0`]);
  rmSync(top, { recursive: true });
  return Buffer.from(bytes);
}
