import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";

test("two runs at once, of one and the same user, neither see nor reach each other", async () => {
  const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
  const [victim, attacker] = ["victim", "attacker"].map((name) => {
    const folder = mkdtempSync(join(tmpdir(), `firstdraft-${name}-`));
    writeFileSync(join(folder, "own"), name);
    return folder;
  }) as [string, string];
  for (const folder of [victim, attacker]) await sandbox.adopt(folder);
  const wait =
    "echo v > /tmp/shared; echo v > ~/shared; echo v > /dev/shm/shared; touch ready; until [ -e over ]; do sleep 0.05; done; echo alive > end";
  const working = sandbox.run({ argv: ["sh", "-c", wait], folder: victim, timeoutMs: 60_000 });
  while (!existsSync(join(victim, "ready"))) await delay(20);

  const attack = `cat own; ls /tmp ~ /dev/shm; ls /proc | grep -c '^[0-9]'
    cat ${victim}/own /proc/*/root${victim}/own 2>/dev/null; (echo broken > ${victim}/own) 2>/dev/null; kill -9 -1`;
  const { output } = await sandbox.run({
    argv: ["sh", "-c", attack],
    folder: attacker,
    timeoutMs: 60_000,
  });
  writeFileSync(join(victim, "over"), "");
  const { exitCode } = await working;

  expect(output).toMatch(/^attacker/);
  expect(output).not.toContain("victim");
  expect(output).not.toContain("shared");
  expect(exitCode).toBe(0);
  expect(readFileSync(join(victim, "end"), "utf8")).toBe("alive\n");
  expect(readFileSync(join(victim, "own"), "utf8")).toBe("victim");
  for (const folder of [victim, attacker]) rmSync(folder, { recursive: true });
});
