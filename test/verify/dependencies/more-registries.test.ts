import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { askRegistries } from "../../../src/verify/dependencies/ask-registries.ts";
import type { Ecosystem } from "../../../src/verify/dependencies/manifests/manifest.ts";
import { ownNames } from "../../../src/verify/dependencies/own-names.ts";
import { ownRegistries } from "../../../src/verify/dependencies/own-registries.ts";
import type { Desk } from "../../../src/verify/dependencies/registries/desk.ts";

const year = 2001;
const modified = new Date(Date.UTC(year, 4, 6)).toUTCString();
const old = new Date(Date.UTC(year, 4, 6)).toISOString();

/** As the registries' own documentation has their answers. */
const files: Readonly<Record<string, unknown>> = {
  "/central/org/example/sums/maven-metadata.xml":
    "<metadata><groupId>org.example</groupId><artifactId>sums</artifactId><versioning><latest>1.1</latest><release>1.1</release><versions><version>1.0</version><version>1.1</version></versions><lastUpdated>20260101000000</lastUpdated></versioning></metadata>",
  "/central/org/example/sums/1.0/sums-1.0.pom": "<project/>",
  "/central/org/example/sums/1.1/sums-1.1.pom":
    "<project><licenses><license><name>Apache-2.0</name></license><license><name>MIT</name></license></licenses></project>",
  "/central/org/example/bare/maven-metadata.xml":
    "<metadata><versioning><versions><version>../../../secret</version></versions></versioning></metadata>",
  "/central/org/example/broken/maven-metadata.xml":
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><metadata/>",
  "/portal/org.example.plug/org.example.plug.gradle.plugin/maven-metadata.xml": null,
  "/portal/org/example/plug/org.example.plug.gradle.plugin/maven-metadata.xml":
    "<metadata><versioning><release>3</release><versions><version>3</version></versions></versioning></metadata>",
  "/gems/api/v1/gems/sums.json": {
    name: "sums",
    version: "2.0.0",
    licenses: ["MIT", "Ruby"],
    downloads: 1234,
  },
  "/gems/api/v1/versions/sums.json": [
    { number: "2.0.0", created_at: "2020-02-02T00:00:00.000Z" },
    { number: "0.1.0", created_at: old },
  ],
  "/gems/api/v1/gems/odd.json": ["odd"],
  "/packagist/packages.json": { packages: [], "metadata-url": "/packagist/p2/%package%.json" },
  "/packagist/p2/acme/sums.json": {
    packages: {
      "acme/sums": [
        { version: "2.0.0", time: "2020-02-02T00:00:00+00:00", license: ["MIT"], abandoned: "acme/more" },
        { version: "1.0.0", time: old },
      ],
    },
    minified: "composer/2.0",
  },
};

let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer(({ url = "" }, response) => {
    if (url.startsWith("/down/")) return response.writeHead(503).end();
    const found = files[url];
    if (found === undefined || found === null) return response.writeHead(404).end("not found");
    response.setHeader("last-modified", modified);
    return response.end(typeof found === "string" ? found : JSON.stringify(found));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

/** What clients name here is given; the rest is asked over HTTP. Whether they name it is the matter of other tests. */
function desk(named: Readonly<Record<string, readonly string[]>>): Desk {
  return {
    run: async ([, , , client = ""]) => ({
      code: named[client] === undefined ? 127 : 0,
      out: (named[client] ?? []).map((place) => `${origin}/${place}/\n`).join(""),
    }),
    async get(url) {
      const answer = await fetch(url);
      const date = answer.headers.get("last-modified") ?? "";
      return { status: answer.status, body: await answer.text(), modified: date };
    },
  };
}

async function ask(
  ecosystem: Ecosystem,
  named: Readonly<Record<string, readonly string[]>>,
  ...names: readonly string[]
) {
  const file = named.gradle === undefined ? "core/pom.xml" : "core/build.gradle";
  const added = names.map((name) => ({ ecosystem, name, file, line: 1 }));
  const asked = { desk: desk(named), known: [], own: new Map(), ownRegistries: new Set<Ecosystem>() };
  return await askRegistries(added, asked);
}

const first = new Date(Date.UTC(year, 4, 6));

test("Maven: the date of the oldest version's file, the newest one's licence; what no repository has is unknown", async () => {
  const names = [
    "org.example:sums",
    "org.example:bare",
    "org.example:no-such",
    "org.example:broken",
    "$group:x",
  ];
  expect(await ask("Maven", { maven: ["central"] }, ...names)).toEqual([
    { kind: "exists", firstPublished: first, latest: "1.1", licence: "Apache-2.0", downloads: null },
    { kind: "exists", firstPublished: null, latest: null, licence: null, downloads: null },
    { kind: "unknown" },
    { kind: "unchecked", why: "a repository of Maven's gave no answer that can be read" },
    { kind: "unchecked", why: "no registry takes such a name" },
  ]);
});

test("Maven: Gradle's repositories are asked for what its files name, and one that is down leaves it open", async () => {
  const plugin = "org.example.plug:org.example.plug.gradle.plugin";
  const both = { maven: ["gems"], gradle: ["central", "portal"] };
  expect(await ask("Maven", both, plugin, "org.example:sums", "org.example:no-such")).toMatchObject([
    { kind: "exists", latest: "3" },
    { kind: "exists", latest: "1.1" },
    { kind: "unknown" },
  ]);
  const down = { gradle: ["down", "central"] };
  expect(await ask("Maven", down, "org.example:no-such", "org.example:sums")).toMatchObject([
    { kind: "unchecked" },
    { kind: "exists" },
  ]);
  expect(await ask("Maven", { maven: ["central"], gradle: [] }, "org.example:sums")).toEqual([
    { kind: "unchecked", why: "Gradle names no repository here" },
  ]);
  expect(await ask("Maven", {}, "org.example:sums")).toEqual([
    { kind: "unchecked", why: "Maven names no repository here" },
  ]);
});

test("RubyGems: by the sources of gem", async () => {
  expect(await ask("RubyGems", { gem: ["gems"] }, "sums", "no-such", "odd")).toEqual([
    { kind: "exists", firstPublished: first, latest: "2.0.0", licence: "MIT, Ruby", downloads: 1234 },
    { kind: "unknown" },
    { kind: "unchecked", why: "a source of gem's gave no answer that can be read" },
  ]);
  expect(await ask("RubyGems", {}, "sums")).toEqual([{ kind: "unchecked", why: "gem names no source here" }]);
});

test("Composer: by the repositories that have its second form", async () => {
  const sums = {
    ...{ kind: "exists", firstPublished: first, latest: "2.0.0", licence: "MIT", downloads: null },
    note: "it is abandoned",
  };
  const names = ["acme/sums", "acme/no-such"];
  expect(await ask("Composer", { composer: ["packagist"] }, ...names)).toEqual([sums, { kind: "unknown" }]);
  // One that is down, or of the first form, may have what the others do not.
  const why = "a repository of Composer's does not answer in its second form";
  const silent = { kind: "unchecked", why };
  expect(await ask("Composer", { composer: ["gems", "packagist"] }, ...names)).toEqual([sums, silent]);
  expect(await ask("Composer", { composer: ["gems"] }, "acme/sums")).toEqual([silent]);
  expect(await ask("Composer", { composer: [] }, "acme/sums")).toEqual([
    { kind: "unchecked", why: "Composer names no repository here" },
  ]);
});

test("a repository's own modules, packages and gems are known, and what names a registry of its own", async () => {
  const pom = (artifact: string, more = "") =>
    `<project><parent><groupId>org.acme</groupId><artifactId>all</artifactId></parent><artifactId>${artifact}</artifactId>${more}</project>`;
  const look = (files: Readonly<Record<string, string>>) => ({
    paths: Object.keys(files),
    read: async (path: string) => files[path] ?? null,
  });
  const own = await ownNames(
    look({
      "core/pom.xml": pom("core"),
      "broken/pom.xml": "<project",
      "php/composer.json": '{ "name": "Acme/Sums" }',
      "ruby/sums.gemspec": 'Gem::Specification.new { |s| s.name = "sums" }',
    }),
  );
  expect([...own]).toEqual([
    ["Maven org.acme:core", "core/pom.xml"],
    ["Composer acme/sums", "php/composer.json"],
    ["RubyGems sums", "ruby/sums.gemspec"],
  ]);
  const hosted = pom("core", "<distributionManagement><repository/></distributionManagement>");
  const usual = 'source "https://gems.example"\ngem "sums"\n';
  expect([...(await ownRegistries(look({ "pom.xml": hosted, Gemfile: usual })))]).toEqual([]);
  const further = pom("core", "<repositories><repository><url>x</url></repository></repositories>");
  const files = { "pom.xml": further, Gemfile: `${usual}source "https://more.example"\n` };
  const composer = { "composer.json": '{ "repositories": [] }' };
  expect([...(await ownRegistries(look({ ...files, ...composer })))]).toEqual([
    "Maven",
    "Composer",
    "RubyGems",
  ]);
});
