import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { type Quota, withQuota } from "../../src/sandbox/quota.ts";
import { openStage, type Stage } from "./stage.ts";

const MIB = 2 ** 20;
const small: Quota = { bytes: 64 * MIB, entries: 2000 };
const big = "for i in $(seq 20); do head -c 10M /dev/zero >f$i; done; echo filled; sleep 1000";
const many = "mkdir d; seq 5000 | (cd d && xargs touch); echo filled; sleep 1000";

const run = (stage: Stage, script: string, signal?: AbortSignal) =>
  withQuota(stage.sandbox, small).run({
    argv: ["bash", "-c", script],
    folder: stage.folder,
    timeoutMs: 60_000,
    ...(signal === undefined ? {} : { signal }),
  });

test.each([
  ["200 MB", big],
  ["5,000 files", many],
])("a command that writes %s where less may be is stopped, and its output says why", async (_, script) => {
  await using stage = await openStage();
  expect(await run(stage, script)).toMatchObject({
    exitCode: null,
    timedOut: false,
    cancelled: false,
    // A look may come before the last of it is written.
    output: expect.stringMatching(
      /^(filled)?\n\[stopped: more than 64 MiB or 2000 files in the command's folders\]\n$/,
    ),
  });
});

test("a started command is stopped as well", async () => {
  await using stage = await openStage();
  const running = withQuota(stage.sandbox, small).start({
    argv: ["bash", "-c", big],
    folder: stage.folder,
    timeoutMs: 60_000,
  });
  running.stdout.resume();
  expect(await running.exited).not.toBe(0);
});

test("what fits is left alone, and what the caller cancels is cancelled", async () => {
  await using stage = await openStage();
  // one file under many names takes its space once
  const fits = "head -c 30M /dev/zero >f; for i in $(seq 50); do ln f l$i; done; sleep 2.5; echo done";
  expect(await run(stage, fits)).toMatchObject({ exitCode: 0, output: "done\n" });
  expect(await run(stage, "sleep 1000", AbortSignal.timeout(300))).toMatchObject({
    cancelled: true,
    output: "",
  });
});

// Only root can make a small disk.
const asRoot = process.getuid?.() === 0 ? test : test.skip;

asRoot("every opened sandbox has one: never more than half of what the disk had free", async () => {
  const disk = mkdtempSync(join(tmpdir(), "sandbox-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=64m", "firstdraft", disk]);
  try {
    // opened after the mount, which it else might not see
    const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
    await sandbox.adopt(disk);
    const { exitCode, output } = await sandbox.run({
      argv: ["sh", "-c", "head -c 40M /dev/zero >f; sleep 1000"],
      ...{ folder: disk, timeoutMs: 60_000 },
    });
    expect({ exitCode, output }).toEqual({
      exitCode: null,
      output: expect.stringMatching(/^\n?\[stopped: more than 32 MiB or /),
    });
  } finally {
    // Lazily: the last of what was killed may not be gone yet.
    execFileSync("umount", ["-l", disk]);
    rmSync(disk, { recursive: true });
  }
});
