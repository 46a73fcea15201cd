import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { homeInside } from "../../src/sandbox/paths.ts";
import { selfTest } from "../../src/sandbox/self-test.ts";
import { openStage } from "./stage.ts";

test("every probe of the self-test is held", async () => {
  await using stage = await openStage();
  const probes = await selfTest(stage.sandbox);
  expect(probes.map(({ name }) => name)).toEqual([
    "files",
    "environment",
    "writing",
    "descriptors",
    "network",
    "kernel",
    "processes",
    "limits",
  ]);
  expect(probes.filter(({ held }) => !held)).toEqual([]);
});

test("the environment is the allow-list, the toolchains' places and what the caller adds", async () => {
  process.env.ANTHROPIC_API_KEY = "canary-key";
  process.env.GITHUB_ENV = "/tmp/canary-env";
  process.env.NODE_OPTIONS_CANARY = "canary-options";
  try {
    await using stage = await openStage();
    const { output } = await stage.bash("env -0 | tr '\\0' '\\n' | sort; tr '\\0' '\\n' </proc/1/environ", {
      env: { FEATURE: "on" },
    });
    const names = output.match(/^\w+(?==)/gm) ?? [];
    const toolchains =
      /^(JAVA_HOME|RUSTUP_HOME|PYENV_ROOT|GOROOT|NVM_DIR|VIRTUAL_ENV|\w+_(ROOT|HOME|DIR|PREFIX))$/;
    expect([...new Set(names.filter((name) => !toolchains.test(name)))].sort()).toEqual(
      ["CI", "FEATURE", "HOME", "LANG", "PATH", "PWD", "SHLVL", "TMPDIR", "_"].sort(),
    );
    expect(output).not.toContain("canary");
    expect(output).not.toContain("node_modules");
  } finally {
    for (const name of ["ANTHROPIC_API_KEY", "GITHUB_ENV", "NODE_OPTIONS_CANARY"]) delete process.env[name];
  }
});

test("a link in the folder that leads outside leads nowhere, and the file outside stays as it was", async () => {
  await using stage = await openStage();
  const outside = mkdtempSync(join(tmpdir(), "sandbox-outside-"));
  const file = join(outside, "file");
  writeFileSync(file, "intact", { mode: 0o666 });
  const { output } = await stage.bash(
    `ln -s ${outside} way; cat way/file; echo broken >way/file; ls /root /home`,
  );
  expect(output).not.toContain("intact");
  expect(readFileSync(file, "utf8")).toBe("intact");
  rmSync(outside, { recursive: true });
});

test("a mount is read-only unless it is writable", async () => {
  await using stage = await openStage();
  await using other = await openStage();
  writeFileSync(join(other.folder, "given"), "given");
  const touch = "cat /extra/given; touch /extra/new 2>/dev/null && echo written";
  const fixed = await stage.bash(touch, { mounts: [{ host: other.folder, inside: "/extra" }] });
  expect(fixed.output).toBe("given");
  const free = await stage.bash(touch, {
    mounts: [{ host: other.folder, inside: "/extra", writable: true }],
  });
  expect(free.output).toBe("givenwritten\n");
  const home = await stage.bash("cat ~/given; echo $HOME", {
    mounts: [{ host: other.folder, inside: homeInside, writable: true }],
  });
  expect(home.output).toBe(`given${homeInside}\n`);
});

test("a folder behind a closed one is reached, its neighbours are not", async () => {
  await using stage = await openStage();
  const closed = mkdtempSync(join(tmpdir(), "sandbox-closed-"));
  const folder = join(closed, "workspace");
  mkdirSync(folder);
  writeFileSync(join(closed, "neighbour"), "secret");
  writeFileSync(join(folder, "own"), "own");
  await stage.sandbox.adopt(folder);
  const { output, exitCode } = await stage.bash(
    `cat own; touch made; cat ${closed}/neighbour ../neighbour 2>/dev/null`,
    {
      folder,
    },
  );
  expect({ output, exitCode }).toEqual({ output: "own", exitCode: 1 });
  expect(readFileSync(join(folder, "made"), "utf8")).toBe("");
  rmSync(closed, { recursive: true });
});

test("the loopback inside is the sandbox's own: a server of the tests answers its client", async () => {
  await using stage = await openStage();
  const script = `const s=require("http").createServer((q,r)=>r.end("pong")).listen(0,async()=>{
    console.log(await (await fetch("http://localhost:"+s.address().port)).text()); s.close()})`;
  writeFileSync(join(stage.folder, "server.cjs"), script);
  expect((await stage.bash("node server.cjs")).output).toBe("pong\n");
});

test("a start folder outside the command's folder is refused", async () => {
  await using stage = await openStage();
  await expect(stage.bash("true", { cwd: "../etc" })).rejects.toThrow("outside");
});

test("a folder reached by a link in a closed folder is reached all the same", async () => {
  await using stage = await openStage();
  const closed = mkdtempSync(join(tmpdir(), "sandbox-closed-"));
  symlinkSync(stage.folder, join(closed, "way"));
  const { output } = await stage.bash("echo there", { folder: join(closed, "way") });
  expect(output).toBe("there\n");
  rmSync(closed, { recursive: true });
});
