import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";

interface Locked {
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
}

const read = (name: string) => JSON.parse(readFileSync(name, "utf8"));
const { allowScripts, dependencies, devDependencies } = read("package.json");
const locked: [path: string, Locked][] = Object.entries<Locked>(read("package-lock.json").packages).slice(1);

/** These have a script that does not run, and need none: they bring their program as a package for each platform, or as it is. */
const unused = ["@parcel/watcher", "@swc/core", "esbuild", "unrs-resolver", "yarn"];

test("every package is pinned by its hash, and none comes from elsewhere than the registry", () => {
  expect(locked.length).toBeGreaterThan(100);
  expect(
    locked.filter(([, { integrity }]) => !integrity?.startsWith("sha512-")).map(([path]) => path),
  ).toEqual([]);
  expect(locked.filter(([, { link, resolved }]) => link || /^(git|file|http:)/.test(resolved ?? ""))).toEqual(
    [],
  );
  const wide = Object.values<string>({ ...dependencies, ...devDependencies }).filter(
    (version) => !/^\d+\.\d+\.\d+$/.test(version),
  );
  expect(wide).toEqual([]);
});

test("one package may run a script when it is installed, and no other has one that is not known", () => {
  expect(allowScripts).toEqual({ node: true });
  const scripts = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  const names = scripts.map(([path]) => path.replace(/^.*node_modules\//, ""));
  expect(names.sort()).toEqual([...unused, "node"].sort());
  // The program itself needs none of them.
  expect(scripts.filter(([, { dev }]) => dev !== true)).toEqual([]);
});

test("the release lists what is in it, and what it is made with", () => {
  const release = parse(readFileSync(".github/workflows/release.yml", "utf8"));
  const runs: string[] = release.jobs.release.steps.map(({ run = "" }) => run);
  const [command = ""] = runs.filter((run) => run.startsWith("npm sbom"));
  expect(command).toMatch(/ > firstdraft\.spdx\.json$/);
  const listed = execFileSync("sh", ["-c", command.replace(/ > .*$/, "")], {
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  const names = JSON.parse(listed).packages.map(({ name }: { name: string }) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys({ ...dependencies, ...devDependencies })));
});
