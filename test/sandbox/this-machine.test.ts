import { spawnSync } from "node:child_process";
import { expect, test } from "@jest/globals";
import { findProgram } from "../../src/sandbox/find-program.ts";
import { openStage } from "./stage.ts";

/** What a program says of itself outside; null where this machine does not have it. */
function outside(argv: readonly [string, ...string[]]): string | null {
  const program = findProgram(argv[0]);
  if (program === null) return null;
  const { status, stdout, stderr } = spawnSync(program, argv.slice(1), { encoding: "utf8", cwd: "/" });
  return status === 0 ? (stdout + stderr).trim() : null;
}

const programs: [string, ...string[]][] = [
  ["node", "--version"],
  ["npm", "--version"],
  ["python3", "--version"],
  ["python3", "-m", "pytest", "--version"],
  ["cargo", "--version"],
  ["go", "version"],
  ["java", "-version"],
  ["mvn", "-q", "--version"],
  ["cmake", "--version"],
  ["make", "--version"],
];

for (const argv of programs) {
  const expected = outside(argv);
  const there = expected === null ? test.skip : test;
  there(`${argv.join(" ")} works inside${expected === null ? " (not on this machine)" : ""}`, async () => {
    await using stage = await openStage();
    const { output, exitCode } = await stage.sandbox.run({ argv, folder: stage.folder, timeoutMs: 60_000 });
    expect({ exitCode, version: output.match(/\d+\.\d+[.\d]*/)?.[0] }).toEqual({
      exitCode: 0,
      version: expected?.match(/\d+\.\d+[.\d]*/)?.[0],
    });
  });
}

test("a machine's node is not ours", async () => {
  await using stage = await openStage();
  const { output } = await stage.bash("command -v node; env");
  expect(output).not.toContain("node_modules");
});
