import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "@jest/globals";
import { ownNode } from "../../../src/sandbox/own-node.ts";
import { signalProcess } from "../../../src/sandbox/process-tree.ts";
import type { Command } from "../../../src/sandbox/sandbox.ts";
import { processesLeft, processesWith, processSeen } from "../processes.ts";
import { beats, beatsOn, heart, heartSeen } from "./heart.ts";
import { limited } from "./limited.ts";
import type { Case, Provider } from "./provider.ts";

/** How a command ends, and that nothing of it stays. */
export function endings(promise: Case, provider: Provider): void {
  promise(
    "an exit code is a value, and standard error comes in its place among the output",
    async (stage) => {
      const finished = await stage.bash("echo one; echo two >&2; echo three; exit 3");
      expect(finished).toMatchObject({
        exitCode: 3,
        output: "one\ntwo\nthree\n",
        timedOut: false,
        truncated: false,
      });
      expect((await stage.bash("kill -9 $$")).exitCode).toBe(137);
    },
  );

  promise("at the deadline a tree that ignores SIGTERM is killed, whoever left its group", async (stage) => {
    const word = randomUUID();
    const stubborn = `trap '' TERM; ${heart}; while :; do sleep 1; done; : ${word}`;
    const finished = await stage.bash(stubborn, { timeoutMs: 10_000 });
    expect(finished).toMatchObject({ exitCode: null, timedOut: true, cancelled: false });
    expect(await beatsOn(stage.folder)).toBe(false);
    expect(await processesLeft(word)).toBe(0);
  });

  promise("a tree that listens to SIGTERM may say goodbye", async (stage) => {
    const script = `process.on("SIGTERM", () => { console.log("bye"); process.exit(); }); console.log("up"); require("fs").writeFileSync("beat", "up"); setInterval(() => 0, 1000)`;
    const node = ownNode(stage.sandbox);
    const over = new AbortController();
    const running = stage.sandbox.run({
      argv: [node.path, "-e", script],
      mounts: node.mounts,
      ...{ folder: stage.folder, timeoutMs: 60_000, signal: over.signal },
    });
    await heartSeen(stage.folder);
    over.abort();
    expect(await running).toMatchObject({ cancelled: true, output: "up\nbye\n" });
  });

  promise("a signal cancels", async (stage) => {
    const over = new AbortController();
    const running = stage.bash(`${heart}; sleep 1000`, { signal: over.signal });
    await heartSeen(stage.folder);
    over.abort();
    expect(await running).toMatchObject({ exitCode: null, cancelled: true, timedOut: false });
    expect(await beatsOn(stage.folder)).toBe(false);
  });

  promise("a daemon ends with its command", async (stage) => {
    expect(await stage.bash(heart)).toMatchObject({ exitCode: 0, output: "" });
    expect(await beatsOn(stage.folder)).toBe(false);
  });

  promise(
    "a controller that is killed while its sandbox is being made leaves nothing behind",
    async (stage) => {
      const controller = controllerOf(provider, stage.folder);
      const gone = once(controller, "exit");
      // in the launcher's command line the folder stands before there is a sandbox: the moment that is hardest to get right
      const launcher = new RegExp(`${stage.folder}(\0|,target=)/workspace\0`);
      expect(await processSeen(launcher)).toBe(true);
      controller.kill("SIGKILL");
      await gone;
      expect(await processesLeft(launcher)).toBe(0);
      // what is left could still begin
      await delay(2000);
      if (beats(stage.folder) > 0) expect(await beatsOn(stage.folder)).toBe(false);
    },
  );

  promise("a controller that is killed while its command runs leaves nothing behind", async (stage) => {
    const controller = controllerOf(provider, stage.folder);
    const gone = once(controller, "exit");
    await heartSeen(stage.folder);
    controller.kill("SIGKILL");
    await gone;
    expect(await beatsOn(stage.folder)).toBe(false);
    expect(await processesLeft(stage.folder)).toBe(0);
  });

  promise("nor does one that is killed after all of its processes were asked to end", async (stage) => {
    const controller = controllerOf(provider, stage.folder);
    const gone = once(controller, "exit");
    await heartSeen(stage.folder);
    for (const pid of processesWith(stage.folder))
      if (Number(pid) !== controller.pid) signalProcess(Number(pid), "SIGTERM");
    controller.kill("SIGKILL");
    await gone;
    expect(await beatsOn(stage.folder)).toBe(false);
    expect(await processesLeft(stage.folder)).toBe(0);
  });

  promise("a flood is stopped, and both its ends are kept", async (stage) => {
    const finished = await stage.bash("echo first; cat /dev/zero", {
      timeoutMs: 60_000,
      outputBytes: 10_000,
    });
    expect(finished).toMatchObject({ exitCode: null, truncated: true, timedOut: false });
    expect(finished.output.startsWith("first\n")).toBe(true);
    expect(Buffer.byteLength(finished.output)).toBeLessThan(10_200);
  });

  promise("output that is not UTF-8 becomes it", async (stage) => {
    const { output } = await stage.bash("printf 'a\\xff\\xfeb\\0c'");
    expect(output).toBe("a\uFFFD\uFFFDb\0c");
  });

  promise("a fork bomb meets a wall and goes with its sandbox", async (stage) => {
    const word = randomUUID();
    await stage.bash(`${heart}; b() { b | b & }; b 2>/dev/null; sleep 2; : ${word}`, { timeoutMs: 10_000 });
    expect(await beatsOn(stage.folder)).toBe(false);
    expect(await processesLeft(word)).toBe(0);
    expect((await stage.bash("echo next")).output).toBe("next\n");
  });

  promise("memory ends where its limit is", async (stage) => {
    const sandbox = await limited(provider, { data: 2 ** 30, file: 2 ** 30 });
    // a pattern, since what is never written to takes no memory
    const script = `const all = []; try { for (let i = 1; i <= 12; i++) { all.push(Buffer.alloc(128 * 2 ** 20, "x")); console.log(i); } } catch (e) { console.log(e.code ?? e.name) }`;
    const node = ownNode(sandbox);
    const { output } = await sandbox.run({
      argv: ["bash", "-c", `${node.path} -e '${script}'; true`],
      ...{ mounts: node.mounts, folder: stage.folder, timeoutMs: 60_000 },
    });
    expect(output).toMatch(/^1\n2\n/);
    expect(output).not.toMatch(/^9$/m);
  });

  promise("a file gets so much disk, and no more", async (stage) => {
    const { output } = await stage.bash(`truncate -s 100G huge; echo "huge $(stat -c %s huge)"`);
    expect(output).toContain("File size limit exceeded");
    expect(output).toContain("huge 0");
  });
}

/** A controller of its own, which runs a command without an end that is deaf to SIGTERM. */
export function controllerOf({ settings }: Provider, folder: string, owner?: string) {
  const open = join(import.meta.dirname, "../../../src/sandbox/open-sandbox.ts");
  const argv: Command["argv"] = ["bash", "-c", `trap "" TERM; ${heart}; setsid sleep 1000 & sleep 1000`];
  const script = `
    const { openSandbox } = await import(${JSON.stringify(open)});
    const sandbox = await openSandbox(${JSON.stringify(settings)}, ${JSON.stringify(owner)});
    await sandbox.run(${JSON.stringify({ argv, folder, timeoutMs: 60_000 })});`;
  return spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: "ignore",
    env: process.env,
  });
}
