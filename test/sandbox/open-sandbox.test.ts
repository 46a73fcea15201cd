import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { Problem } from "../../src/log/problem.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";

/** The problem that stands in the way when `bwrap` on PATH is this script; null: there is none on PATH. */
async function problemWith(bwrap: string | null): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-path-"));
  const path = process.env.PATH;
  if (bwrap !== null) {
    writeFileSync(join(folder, "bwrap"), `#!/bin/sh\n${bwrap}\n`);
    chmodSync(folder, 0o755);
    chmodSync(join(folder, "bwrap"), 0o755);
  }
  process.env.PATH = bwrap === null ? folder : `${folder}:${path}`;
  try {
    return await openSandbox({ provider: "bubblewrap", acceptNoSandbox: true }).then(
      (sandbox) => sandbox.name,
      (error: unknown) => (error instanceof Problem ? error.code : error),
    );
  } finally {
    process.env.PATH = path;
    rmSync(folder, { recursive: true });
  }
}

test("where bubblewrap is missing, it says so and never opens a weaker sandbox", async () => {
  expect(await problemWith(null)).toBe("sandbox-missing");
});

test("where bubblewrap is too old, it says so", async () => {
  expect(await problemWith("echo 'bwrap: Unknown option --disable-userns' >&2; exit 1")).toBe(
    "sandbox-too-old",
  );
});

test("where namespaces are blocked, it says so", async () => {
  const words = "bwrap: No permissions to create new namespace, likely because the kernel does not allow it.";
  expect(await problemWith(`echo '${words}' >&2; exit 1`)).toBe("sandbox-userns-blocked");
});

test("any other failure is told in bubblewrap's own words", async () => {
  expect(await problemWith("echo 'bwrap: out of luck' >&2; exit 1")).toBe("sandbox-failed");
});

test("none needs the second opt-in", async () => {
  await expect(openSandbox({ provider: "none", acceptNoSandbox: false })).rejects.toMatchObject({
    code: "sandbox-none-not-accepted",
  });
  expect((await openSandbox({ provider: "none", acceptNoSandbox: true })).name).toBe("none");
});
