import { execFile, execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@jest/globals";
import { build } from "esbuild";
import { readDockerfile } from "./dockerfile.ts";

const instructions = readDockerfile();
const all = (name: string) => instructions.filter((one) => one.name === name).map(({ text }) => text);
const [dependencies, locked] = ["package.json", "package-lock.json"].map((name) =>
  JSON.parse(readFileSync(name, "utf8")),
);

test("the Dockerfile holds nothing but instructions that are known here", () => {
  const known = "FROM RUN WORKDIR COPY VOLUME USER ENV EXPOSE HEALTHCHECK ENTRYPOINT CMD".split(" ");
  expect(instructions.filter(({ name }) => !known.includes(name))).toEqual([]);
});

test("its base is exact, and has the Node that the tests run with", () => {
  const [base = "", ...others] = all("FROM");
  expect(others).toEqual([]);
  expect(base).toMatch(
    new RegExp(`^node:${locked.packages["node_modules/node"].version}-[a-z-]+(@sha256:[0-9a-f]{64})?$`),
  );
});

test("it ends as a user that is not root, and owns no more than its data", () => {
  const after = instructions.slice(instructions.findIndex(({ name }) => name === "USER"));
  expect(all("USER")).toEqual(["node"]);
  expect(after.filter(({ name }) => ["RUN", "COPY", "ADD"].includes(name))).toEqual([]);
  expect(all("RUN").filter((run) => run.includes("chown"))).toEqual([
    expect.stringMatching(/ chown node:node \/data$/),
  ]);
});

test("no secret has a place in it", () => {
  expect(all("ARG")).toEqual([]);
  const names = all("ENV").flatMap((text) => text.split(" ").map((pair) => pair.split("=", 1)[0]));
  expect(names).toEqual(["NODE_ENV", "LOG_FORMAT", "DATA_DIR", "HOST", "PORT"]);
  // What is left out of the context cannot be copied.
  expect(
    readFileSync(".dockerignore", "utf8")
      .split("\n")
      .filter((line) => !/^(#|$)/.test(line)),
  ).toEqual([...["*", "!package.json", "!package-lock.json", "!src", "src/demo"]]);
  expect(all("COPY")).toEqual(["package.json package-lock.json ./", "src ./src"]);
});

test("what it starts is there, and needs no package that is only for development", async () => {
  const [tini, dashes, node, main = "", ...rest] = JSON.parse(all("ENTRYPOINT")[0] ?? "");
  expect([tini, dashes, node, rest]).toEqual(["tini", "--", "node", []]);
  const path = main.replace(/^\/app\//, "");
  expect(all("WORKDIR")).toEqual(["/app"]);
  expect(existsSync(path)).toBe(true);
  expect(JSON.parse(all("CMD")[0] ?? "")).toEqual(["serve"]);
  expect(execFileSync(process.execPath, [path, "serve", "--help"], { encoding: "utf8" })).toContain("--role");
  expect(all("RUN").join()).toMatch(/install .*bubblewrap .*git .*tini /);

  const { metafile } = await build({
    ...{ entryPoints: [path], bundle: true, platform: "node", format: "esm", packages: "external" },
    ...{ write: false, outdir: "unused", metafile: true, logLevel: "silent" },
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const packages = imports
    .filter(({ external, path }) => external === true && !path.startsWith("node:"))
    .map(({ path }) => /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  expect(packages.length).toBeGreaterThan(10);
  const given = Object.keys(dependencies.dependencies);
  expect([...new Set(packages)].filter((name) => !given.includes(name ?? ""))).toEqual([]);
  expect(Object.keys(metafile.inputs).filter((file) => file.startsWith("src/demo/"))).toEqual([]);
});

test("its check of health tells a process that answers from one that does not", async () => {
  const [, command = "[]"] = /^--interval=30s .*?CMD (\[.*\])$/.exec(all("HEALTHCHECK")[0] ?? "") ?? [];
  const [node, ...args] = JSON.parse(command) as string[];
  expect(node).toBe("node");
  let status = 200;
  const asked: (string | undefined)[] = [];
  const server = createServer(({ url }, response) => {
    asked.push(url);
    response.writeHead(status).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const PORT = String((server.address() as AddressInfo).port);
  const exit = () =>
    new Promise((resolve) => {
      execFile(process.execPath, args, { env: { PORT } }, (error) => resolve(error?.code ?? 0));
    });
  expect(await exit()).toBe(0);
  status = 503;
  expect(await exit()).toBe(1);
  server.closeAllConnections();
  server.close();
  await once(server, "close");
  expect(await exit()).toBe(1);
  expect(asked).toEqual(["/healthz", "/healthz"]);
});
