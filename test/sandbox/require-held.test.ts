import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { findProgram } from "../../src/sandbox/find-program.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { requireHeld } from "../../src/sandbox/require-held.ts";
import { firstdraft } from "../helpers/command-line.ts";

/** Lays a `bwrap` first on PATH that calls the machine's own with some of its arguments left out or others added. */
function weakened(change: string) {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-weak-"));
  const path = process.env.PATH;
  const script = `#!/bin/bash
args=()
for a in "$@"; do ${change}; args+=("$a"); done
exec ${findProgram("bwrap")} "\${args[@]}"
`;
  writeFileSync(join(folder, "bwrap"), script);
  chmodSync(folder, 0o755);
  chmodSync(join(folder, "bwrap"), 0o755);
  process.env.PATH = `${folder}:${path}`;
  return {
    [Symbol.dispose]: () => {
      process.env.PATH = path;
      rmSync(folder, { recursive: true });
    },
  };
}

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === "::1"),
);

const open = () => openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });

test("this machine's sandbox holds", async () => {
  await requireHeld(await open());
});

test.each([
  [
    "network",
    '[ "$a" = --unshare-all ] && args+=(--unshare-all --share-net) && continue',
    hasIpv6 ? /: network \(reached: .*127\.0\.0\.1.*"::1"/ : /: network \(reached: .*127\.0\.0\.1/,
  ],
  [
    "environment",
    '[ "$a" = --clearenv ] && args+=(--setenv SECRET_TOKEN x) && continue; [ "$a" = CI ] && a=CI_SECRET',
    /: environment \(also there: /,
  ],
  ["limits", `a=\${a//ulimit -d [0-9]* && /}`, /: limits \(not limited: /],
])("one that leaks is named and refused: %s", async (_, change, expected) => {
  using _weak = weakened(change);
  await expect(requireHeld(await open())).rejects.toMatchObject({
    code: "sandbox-leaks",
    what: expect.stringMatching(expected),
  });
});

test("the App takes no job in one that leaks, and says why, as doctor does", async () => {
  using _weak = weakened('[ "$a" = --unshare-all ] && args+=(--unshare-all --share-net) && continue');
  const { code, stderr } = await firstdraft(["serve"], { ANTHROPIC_API_KEY: "canary-key-of-nobody" });
  expect(code).toBe(3);
  expect(stderr).toMatch(
    /^firstdraft: The sandbox does not hold on this machine: network \(reached: .*\nNo job is taken\./m,
  );
  expect(stderr).not.toContain("listens");
  const doctor = await firstdraft(["doctor"], { ANTHROPIC_API_KEY: "canary-key-of-nobody" });
  expect(doctor).toMatchObject({
    code: 3,
    stdout: expect.stringMatching(
      /^✗ sandbox +The sandbox does not hold on this machine: network \(reached: /m,
    ),
  });
});
