import { randomUUID } from "node:crypto";
import { expect, test } from "@jest/globals";
import { noSandbox } from "../../src/sandbox/none.ts";
import { selfTest } from "../../src/sandbox/self-test.ts";
import { processesLeft } from "./processes.ts";
import { stageOf } from "./stage.ts";

test("commands run in the folder itself, with a clean environment", async () => {
  await using stage = await stageOf(noSandbox());
  process.env.ANTHROPIC_API_KEY = "canary-key";
  const { output, exitCode } = await stage.bash("pwd; env; exit 4", { env: { FEATURE: "on" } });
  delete process.env.ANTHROPIC_API_KEY;
  expect(exitCode).toBe(4);
  expect(output.split("\n", 1)).toEqual([stage.sandbox.inside(stage.folder)]);
  expect(output).toContain("FEATURE=on");
  expect(output).not.toContain("canary-key");
  expect(output).not.toContain("node_modules/.bin");
});

test("the deadline ends the whole group", async () => {
  await using stage = await stageOf(noSandbox());
  const word = randomUUID();
  const finished = await stage.bash(`trap '' TERM; bash -c "sleep 1000; : ${word}" & wait; : ${word}`, {
    timeoutMs: 300,
  });
  expect(finished).toMatchObject({ exitCode: null, timedOut: true });
  expect(await processesLeft(word)).toBe(0);
});

test("its self-test tries nothing and says that nothing holds", async () => {
  expect(await selfTest(noSandbox())).toEqual([{ name: "isolation", held: false, detail: "there is none" }]);
});
