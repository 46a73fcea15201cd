import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, isIP } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Resolve } from "../../src/sandbox/outlet/find-way.ts";
import { withOutlet } from "../../src/sandbox/outlet/with-outlet.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";

/** An address of this machine that is not the loopback's: what only this machine has would prove nothing. */
export const ownAddress = Object.values(networkInterfaces())
  .flatMap((all) => all ?? [])
  .find(({ family, internal }) => family === "IPv4" && !internal)?.address as string;

/** Every name under `.example` is a host of this machine, but for one that leads into a network of its operator's. */
export const exampleNames: Resolve = async (name) =>
  /\.example$/.test(name) || isIP(name) !== 0
    ? [{ address: name === "inner.example" ? "10.0.0.1" : ownAddress, family: 4 }]
    : [];

/** The real sandbox with an outlet to the operator's `list`, for which `.example` is this machine. */
export async function sandboxWithOutlet(list: readonly string[]): Promise<Sandbox> {
  const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
  return withOutlet(sandbox, list, exampleNames);
}

/** A package of npm's: its manifest, and other files. */
export interface Package {
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string>>;
  /** The host that has its archive, where that is another one. */
  readonly from?: string;
}

export interface PackageServer extends AsyncDisposable {
  readonly port: number;
  /** `host` and path of each request. */
  readonly asked: readonly string[];
}

/** A registry of npm's on all of this machine's addresses, an index of pip's with one wheel, `smallest`, and cargo's settings. */
export async function startPackageServer(
  packages: Readonly<Record<string, Package>>,
): Promise<PackageServer> {
  const archives = new Map(Object.entries(packages).map(([name, one]) => [name, pack(name, one)]));
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { host = "" } = request.headers;
    asked.push(`${host}${request.url}`);
    const [, kind, name = ""] = /^\/(npm|archives|simple|wheels)\/(.+?)\/?$/.exec(request.url ?? "") ?? [];
    const archive = archives.get(name.replace(/\.tgz$/, ""));
    if (kind === "npm" && archive !== undefined) {
      const { manifest, from = host } = packages[name] ?? {};
      const integrity = `sha512-${createHash("sha512").update(archive).digest("base64")}`;
      const dist = { tarball: `http://${from}/archives/${name}.tgz`, integrity };
      const version = { version: "1.0.0", ...manifest, name, dist, hasInstallScript: hasScript(manifest) };
      return response.end(
        JSON.stringify({ name, "dist-tags": { latest: "1.0.0" }, versions: { "1.0.0": version } }),
      );
    }
    if (kind === "archives" && archive !== undefined) return response.end(archive);
    if (kind === "simple" && name === "smallest") {
      response.setHeader("content-type", "text/html");
      return response.end(`<a href="http://${host}/wheels/${wheelName}">${wheelName}</a>`);
    }
    if (request.url === "/index/config.json")
      return response.end(JSON.stringify({ dl: "https://files.example/{crate}", api: `http://${host}` }));
    if (kind === "wheels") return response.end(wheel());
    response.writeHead(404).end("{}");
  });
  await once(server.listen(0, "0.0.0.0"), "listening");
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const hasScript = (manifest: Package["manifest"]) =>
  ["preinstall", "install", "postinstall"].some((name) => name in Object(manifest?.scripts));

function pack(name: string, { manifest, files }: Package): Buffer {
  const all = { "package.json": JSON.stringify({ version: "1.0.0", ...manifest, name }), ...files };
  return inFolder(all, "package", (top) => execFileSync("tar", ["-C", top, "-czf", "-", "package"]));
}

const wheelName = "smallest-1.0-py3-none-any.whl";

function wheel(): Buffer {
  const info = "smallest-1.0.dist-info";
  const files = {
    "smallest.py": "SIZE = 0\n",
    [`${info}/METADATA`]: "Metadata-Version: 2.1\nName: smallest\nVersion: 1.0\n",
    [`${info}/WHEEL`]: "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    [`${info}/RECORD`]: `smallest.py,,\n${info}/METADATA,,\n${info}/WHEEL,,\n${info}/RECORD,,\n`,
  };
  const zip = "import shutil, sys; print(shutil.make_archive(sys.argv[1], 'zip', sys.argv[2]))";
  return inFolder(files, "wheel", (top) => {
    const path = execFileSync("python3", ["-c", zip, join(top, "made"), join(top, "wheel")], {
      encoding: "utf8",
    });
    return execFileSync("cat", [path.trim()]);
  });
}

function inFolder(
  files: Readonly<Record<string, string>>,
  name: string,
  then: (top: string) => Buffer,
): Buffer {
  const top = mkdtempSync(join(tmpdir(), "firstdraft-package-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(top, name, path)), { recursive: true });
      writeFileSync(join(top, name, path), text, { mode: text.startsWith("#!") ? 0o755 : 0o644 });
    }
    return Buffer.from(then(top));
  } finally {
    rmSync(top, { recursive: true });
  }
}
