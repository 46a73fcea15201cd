import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { firstdraft } from "../helpers/command-line.ts";

// biome-ignore lint/suspicious/noExplicitAny: read as it stands
const { services, volumes }: { services: Record<string, any>; volumes: object } = parse(
  readFileSync("compose.yaml", "utf8"),
);
const { postgres, web, worker } = services;
const files = (service: { env_file: string | string[] }) => [service.env_file].flat();

test("no secret stands in compose.yaml, and each service gets its own alone, from files that git ignores", () => {
  expect(Object.keys(services)).toEqual(["postgres", "web", "worker"]);
  for (const service of Object.values(services)) {
    for (const key of ["environment", "secrets", "configs"]) expect(service).not.toHaveProperty(key);
  }
  expect(files(postgres)).toEqual(["postgres.env"]);
  expect(files(web)).toEqual(["app.env", "web.env"]);
  expect(files(worker)).toEqual(["app.env", "worker.env"]);
  for (const file of Object.values(services).flatMap(files))
    expect(execFileSync("git", ["check-ignore", file], { encoding: "utf8" }).trim()).toBe(file);
});

test("each process has the role that its command names, and waits for the database", async () => {
  for (const [name, { command, depends_on, image, build }] of Object.entries({ web, worker })) {
    expect(command).toEqual(["serve", "--role", name]);
    expect({ depends_on, image, build }).toEqual({
      ...{ depends_on: { postgres: { condition: "service_healthy" } }, image: "firstdraft", build: "." },
    });
    // Known to the command line: what it lacks is the database alone.
    expect((await firstdraft(command)).stderr).toContain("DATABASE_URL is not set");
  }
  expect(postgres.healthcheck.test[1]).toBe("pg_isready");
  expect(postgres.image).toMatch(/^postgres:\d+\.\d+-[a-z]+$/);
  expect(postgres.volumes).toEqual(["postgres:/var/lib/postgresql/data"]);
  expect(Object.keys(volumes)).toEqual(["postgres"]);
});

test("only the web is reached from outside, only workers may make namespaces, and no two share their data", () => {
  expect(web.ports).toEqual(["127.0.0.1:3000:3000"]);
  for (const service of [postgres, worker]) expect(service).not.toHaveProperty("ports");
  expect(web.security_opt).toEqual(["no-new-privileges:true"]);
  expect(worker.security_opt.toSorted()).toEqual([
    ...["apparmor=unconfined", "no-new-privileges:true", "seccomp=unconfined", "systempaths=unconfined"],
  ]);
  for (const service of [web, worker]) {
    expect(service.cap_drop).toEqual(["ALL"]);
    expect(service).not.toHaveProperty("privileged");
    // The image's own volume, one for each container.
    expect(service).not.toHaveProperty("volumes");
  }
  expect(worker.deploy.replicas).toBeGreaterThan(1);
});
