import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { behindScreen } from "../../src/sandbox/screen.ts";

// Only root has something to screen.
const asRoot = process.getuid?.() === 0 ? test : test.skip;

asRoot("no startup file of a shell runs on the way into the sandbox", async () => {
  const home = mkdtempSync(join(tmpdir(), "firstdraft-screen-"));
  const marker = join(home, "ran");
  writeFileSync(join(home, ".bashrc"), `: >${marker}\n`);
  const [file = "", ...args] = behindScreen({ covers: [], paths: [] }, ["true"]);
  // Node's pipe is a socket, which bash takes for a remote login.
  const child = spawn(file, args, {
    env: { PATH: process.env.PATH ?? "", HOME: home },
    stdio: ["pipe", "ignore", "inherit"],
  });
  expect((await once(child, "exit"))[0]).toBe(0);
  expect(existsSync(marker)).toBe(false);
  rmSync(home, { recursive: true });
});
