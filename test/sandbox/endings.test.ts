import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { processesLeft, processSeen } from "./processes.ts";
import { openStage } from "./stage.ts";

test("an exit code is a value, and standard error comes in its place among the output", async () => {
  await using stage = await openStage();
  const finished = await stage.bash("echo one; echo two >&2; echo three; exit 3");
  expect(finished).toMatchObject({
    exitCode: 3,
    output: "one\ntwo\nthree\n",
    timedOut: false,
    truncated: false,
  });
});

test("at the deadline a tree that ignores SIGTERM is killed, whoever left its group", async () => {
  await using stage = await openStage();
  const word = randomUUID();
  const stubborn = `trap '' TERM; (setsid bash -c "trap '' TERM; sleep 1000; : ${word}" &); while :; do sleep 1; done; : ${word}`;
  const finished = await stage.bash(stubborn, { timeoutMs: 300 });
  expect(finished).toMatchObject({ exitCode: null, timedOut: true, cancelled: false });
  expect(await processesLeft(word)).toBe(0);
});

test("a tree that listens to SIGTERM may say goodbye", async () => {
  await using stage = await openStage();
  const script = `process.on("SIGTERM", () => { console.log("bye"); process.exit(); }); console.log("up"); setInterval(() => 0, 1000)`;
  const finished = await stage.bash(`exec node -e '${script}'`, { timeoutMs: 1000 });
  expect(finished).toMatchObject({ timedOut: true, output: "up\nbye\n" });
});

test("a signal cancels", async () => {
  await using stage = await openStage();
  const finished = await stage.bash("sleep 1000", { signal: AbortSignal.timeout(200) });
  expect(finished).toMatchObject({ exitCode: null, cancelled: true, timedOut: false });
});

test("a daemon ends with its command", async () => {
  await using stage = await openStage();
  const word = randomUUID();
  await stage.bash(`(setsid bash -c "sleep 1000; : ${word}" >/dev/null 2>&1 </dev/null &); sleep 0.1`);
  expect(await processesLeft(word)).toBe(0);
});

test("a controller that is killed leaves nothing behind", async () => {
  await using stage = await openStage();
  const word = randomUUID();
  const open = join(import.meta.dirname, "../../src/sandbox/open-sandbox.ts");
  const script = `
    const { openSandbox } = await import(${JSON.stringify(open)});
    const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
    await sandbox.run({ argv: ["bash", "-c", "setsid sleep 1000 & sleep 1000; : ${word}"], folder: ${JSON.stringify(stage.folder)}, timeoutMs: 60000 });`;
  const controller = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "ignore" });
  const gone = once(controller, "exit");
  // the word is in the controller's own command line too; it is killed at once, while the sandbox is still being made
  // it is in the launcher's command line before the sandbox stands: the moment that is hardest to get right
  await processSeen(`: ${word}\0`);
  controller.kill("SIGKILL");
  await gone;
  expect(await processesLeft(word)).toBe(0);
});

test("a flood is stopped, and both its ends are kept", async () => {
  await using stage = await openStage();
  const finished = await stage.bash("echo first; yes flood", { timeoutMs: 60_000, outputBytes: 10_000 });
  expect(finished).toMatchObject({ exitCode: null, truncated: true, timedOut: false });
  expect(finished.output.startsWith("first\n")).toBe(true);
  expect(Buffer.byteLength(finished.output)).toBeLessThan(10_200);
});

test("output that is not UTF-8 becomes it", async () => {
  await using stage = await openStage();
  const { output } = await stage.bash("printf 'a\\xff\\xfeb\\0c'");
  expect(output).toBe("a\uFFFD\uFFFDb\0c");
});

test("a fork bomb meets a wall and goes with its sandbox", async () => {
  await using stage = await openStage();
  const word = randomUUID();
  await stage.bash(`b() { b | b & }; b 2>/dev/null; sleep 2; : ${word}`, { timeoutMs: 4000 });
  expect(await processesLeft(word)).toBe(0);
});

test("a process gets so much memory and a file so much disk, and no more", async () => {
  await using stage = await openStage();
  const script = `const all = []; try { for (;;) all.push(Buffer.alloc(256 * 2 ** 20)) } catch (e) { console.log(all.length < 200, e.code ?? e.name) }`;
  const { output } = await stage.bash(
    `ulimit -d; (node -e '${script}'); echo "node $?"; truncate -s 100G huge; echo "huge $(stat -c %s huge)"`,
  );
  const limit = Number(output.split("\n", 1)[0]);
  expect(limit).toBeLessThanOrEqual(8 * 2 ** 20);
  expect(output).not.toContain("false");
  expect(output).toContain("File size limit exceeded");
  expect(output).toContain("huge 0");
});
