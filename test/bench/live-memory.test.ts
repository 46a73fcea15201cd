import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "@jest/globals";
import { liveMemory, measuredBy } from "../../scripts/bench/live-memory.ts";
import { freePort } from "../../src/demo/start-app.ts";

const keeper = `
  let kept = Buffer.alloc(40e6);
  process.stdin.once("data", () => {
    kept = null;
    console.log("let go");
  });
  globalThis.size = () => kept?.length;
  setInterval(() => Buffer.alloc(1e6).toString("latin1"), 5);
  console.log("ready");
`;

test("what a process keeps is told without its garbage, before it lets go of something and after", async () => {
  const port = await freePort();
  const child = spawn(process.execPath, ["-e", keeper], {
    env: measuredBy(port),
    stdio: ["pipe", "pipe", "ignore"],
  });
  try {
    await once(child.stdout, "data");
    const before = await liveMemory(child.pid, port);
    child.stdin.write("\n");
    await once(child.stdout, "data");
    const after = await liveMemory(child.pid, port);

    expect(before).toBeGreaterThan(40e6);
    expect(after).toBeLessThan(30e6);
  } finally {
    child.kill();
    await once(child, "close");
  }
});

test("a process that has gone is an error", async () => {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "close");
  await expect(liveMemory(child.pid, await freePort())).rejects.toThrow("ESRCH");
});
