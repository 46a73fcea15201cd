import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { getPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";

test.each(["bubblewrap", "none"] as const)(
  "with %s, what runs comes after the controller where they compete",
  async (provider) => {
    const sandbox = await openSandbox({ provider, acceptNoSandbox: true });
    const folder = mkdtempSync(join(tmpdir(), "firstdraft-launch-"));
    chmodSync(folder, 0o777);
    try {
      const { output } = await sandbox.run({ argv: ["nice"], folder, timeoutMs: 60_000 });

      expect(Number(output)).toBe(Math.min(19, getPriority() + 10));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

test("bubblewrap's sandboxes are the first to go where memory runs out", async () => {
  const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
  const folder = mkdtempSync(join(tmpdir(), "firstdraft-launch-"));
  chmodSync(folder, 0o777);
  try {
    const argv = ["cat", "/proc/self/oom_score_adj"] as const;
    const { output } = await sandbox.run({ argv: [...argv], folder, timeoutMs: 60_000 });

    expect(output).toBe("1000\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
