import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { findToolchains } from "../../src/sandbox/toolchains.ts";

const home = mkdtempSync(join(tmpdir(), "sandbox-home-"));
const realHome = process.env.HOME;
process.env.HOME = home;
afterAll(() => {
  process.env.HOME = realHome;
  rmSync(home, { recursive: true });
});

const folder = (...parts: string[]): string => {
  const path = join(home, ...parts);
  mkdirSync(path, { recursive: true });
  return path;
};
const program = (...parts: string[]): string => {
  const path = join(folder(...parts.slice(0, -1)), parts.at(-1) ?? "");
  writeFileSync(path, "#!/bin/sh\n");
  chmodSync(path, 0o755);
  return path;
};

test("a version manager's folder of programs brings its toolchain", () => {
  program(".nvm", "versions", "node", "v20", "bin", "node");
  const bin = join(home, ".nvm/versions/node/v20/bin");
  const { binds, path } = findToolchains({ PATH: `${bin}:/usr/bin` });
  expect(binds).toContain(join(home, ".nvm/versions/node/v20"));
  expect(path[0]).toBe(bin);
});

test("cargo brings its programs and rustup's toolchains, never its credentials", () => {
  program(".cargo", "bin", "cargo");
  writeFileSync(join(home, ".cargo/credentials.toml"), "secret");
  folder(".rustup");
  const { binds, env } = findToolchains({ PATH: join(home, ".cargo/bin"), CARGO_HOME: join(home, ".cargo") });
  expect(binds).toContain(join(home, ".cargo/bin"));
  expect(binds).toContain(join(home, ".rustup"));
  expect(binds).not.toContain(join(home, ".cargo"));
  expect(env.CARGO_HOME).toBeUndefined();
  expect(env.RUSTUP_HOME).toBe(join(home, ".rustup"));
});

test("a link among the programs brings what it leads to", () => {
  program("tools", "py", "3.12", "bin", "python3");
  symlinkSync(join(home, "tools/py/3.12/bin/python3"), join(folder(".local", "bin"), "python3"));
  const { binds } = findToolchains({ PATH: join(home, ".local/bin") });
  expect(binds).toContain(join(home, ".local/bin"));
  expect(binds).toContain(join(home, "tools/py/3.12"));
});

test.each([".ssh", ".config", ".m2", ".aws", ".npm"])("%s is never bound", (name) => {
  const secretive = folder(name, "bin");
  const { binds, path } = findToolchains({ PATH: `${secretive}:/usr/bin`, JAVA_HOME: secretive });
  expect(binds.filter((bind) => bind.includes(`/${name}`))).toEqual([]);
  expect(path).not.toContain(secretive);
});

test("a home, the root, the controller's folder and packages' programs are never bound", () => {
  const given = [home, folder("bin"), "/", process.cwd(), join(process.cwd(), "node_modules/.bin")].join(":");
  const { binds, path } = findToolchains({
    PATH: given,
    JAVA_HOME: home,
    GOROOT: "/etc",
    VIRTUAL_ENV: process.cwd(),
  });
  expect(binds).not.toContain(home);
  expect(binds.filter((bind) => bind.startsWith(process.cwd()) || bind === "/" || bind === "/etc")).toEqual(
    [],
  );
  expect(path.filter((entry) => entry.includes("node_modules"))).toEqual([]);
});
