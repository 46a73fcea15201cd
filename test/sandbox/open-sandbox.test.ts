import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import type { SandboxSettings } from "../../src/config/types.ts";
import { Problem } from "../../src/log/problem.ts";
import { findProgram } from "../../src/sandbox/find-program.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";

/**
 * The problem that stands in the way when `program` on PATH is this script; null: there is nothing at all on PATH. The
 * opt-in for no sandbox is given: it must not matter.
 */
async function problemWith(
  script: string | null,
  program = "bwrap",
  settings: Partial<SandboxSettings> = {},
): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-path-"));
  const path = process.env.PATH;
  if (script !== null) {
    writeFileSync(join(folder, program), `#!/bin/sh\n${script}\n`);
    chmodSync(folder, 0o755);
    chmodSync(join(folder, program), 0o755);
  }
  process.env.PATH = script === null ? folder : `${folder}:${path}`;
  try {
    return await openSandbox({ provider: "bubblewrap", acceptNoSandbox: true, ...settings }).then(
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

test("where gVisor is of a day before today's ls, it says so", async () => {
  // fails as such a runsc does once its command has begun
  const words = "echo 'firstdraft: the sandbox stands' >&2; exit 2";
  expect(await problemWith(words, "runsc", { provider: "gvisor" })).toBe("sandbox-gvisor-old");
});

test("where gVisor does not start, it is told in its own words", async () => {
  expect(await problemWith("echo 'out of luck' >&2; exit 128", "runsc", { provider: "gvisor" })).toBe(
    "sandbox-failed",
  );
});

test("where gVisor is missing, it says so, though bubblewrap is there", async () => {
  const path = process.env.PATH;
  // one folder with everything of /usr/bin but runsc would be large: what is looked for before it is enough
  process.env.PATH = mkdtempSync(join(tmpdir(), "sandbox-path-"));
  for (const name of ["bwrap", "unshare", "nsenter", "setpriv", "mount", "bash"]) {
    symlinkSync(findProgram(name, path) ?? name, join(process.env.PATH, name));
  }
  try {
    await expect(openSandbox({ provider: "gvisor", acceptNoSandbox: true })).rejects.toMatchObject({
      code: "sandbox-gvisor-missing",
    });
  } finally {
    rmSync(process.env.PATH, { recursive: true });
    process.env.PATH = path;
  }
});

const image = "ci.example/tools:1";

test.each([
  ["without an image", null, {}, "sandbox-image-missing"],
  ["without the engine", null, { image }, "sandbox-engine-missing"],
  [
    "with an engine that lacks the image",
    "echo 'Error: No such image: x' >&2; exit 1",
    { image },
    "sandbox-image-unknown",
  ],
  [
    "with a daemon that is down",
    "echo 'Cannot connect to the daemon' >&2; exit 1",
    { image },
    "sandbox-engine-silent",
  ],
  [
    "with an engine that starts no container",
    '[ "$1" = image ] && echo "[]" || { echo "docker: namespace: Operation not permitted" >&2; exit 125; }',
    { image },
    "sandbox-failed",
  ],
])("docker %s says so and opens nothing weaker", async (_, script, settings, code) => {
  expect(await problemWith(script, "docker", { provider: "docker", ...settings })).toBe(code);
});

test("none needs the second opt-in", async () => {
  await expect(openSandbox({ provider: "none", acceptNoSandbox: false })).rejects.toMatchObject({
    code: "sandbox-none-not-accepted",
  });
  expect((await openSandbox({ provider: "none", acceptNoSandbox: true })).name).toBe("none");
});
