import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@jest/globals";
import { homeInside } from "../../../src/sandbox/paths.ts";
import { stageOf } from "../stage.ts";
import type { Case, Provider } from "./provider.ts";

/** What a command sees of this machine's files, and what it leaves there. */
export function files(promise: Case, { uid }: Provider): void {
  promise("a folder is handed over with all in it, and links are not followed", async (stage) => {
    const outside = mkdtempSync(join(tmpdir(), "sandbox-outside-"));
    writeFileSync(join(outside, "file"), "");
    mkdirSync(join(stage.folder, "a/b"), { recursive: true });
    writeFileSync(join(stage.folder, "a/b/file"), "old", { mode: 0o600 });
    symlinkSync(outside, join(stage.folder, "a/way"));
    await stage.sandbox.adopt(stage.folder);
    const { output } = await stage.bash("echo new >a/b/file; cat a/b/file; stat -c %u a/b/file a/way; id -u");
    expect(output).toBe(`new\n${uid}\n${uid}\n${uid}\n`);
    const own = process.getuid?.();
    expect([statSync(outside).uid, statSync(join(outside, "file")).uid]).toEqual([own, own]);
    expect(lstatSync(join(stage.folder, "a/way")).isSymbolicLink()).toBe(true);
    rmSync(outside, { recursive: true });
  });

  promise(
    "what it leaves in the folder is the next command's, and the controller's to read",
    async (stage) => {
      const made = await stage.bash(
        "mkdir -p d; echo one >d/f; chmod 640 d/f; ln -s f d/l; ln d/f d/h; echo two >>d/f",
      );
      expect(made).toMatchObject({ exitCode: 0, output: "" });
      const again = await stage.bash(
        "cat d/l; stat -c %h d/f; mv d/h moved && rm d/l && touch -d 2020-01-01 moved; ls d",
      );
      expect(again).toMatchObject({ exitCode: 0, output: "one\ntwo\n2\nf\n" });
      expect(readFileSync(join(stage.folder, "moved"), "utf8")).toBe("one\ntwo\n");
      const { mode, mtime } = statSync(join(stage.folder, "moved"));
      expect([mode & 0o777, mtime.getFullYear()]).toEqual([0o640, 2020]);
      await stage.sandbox.adopt(stage.folder);
      expect((await stage.bash("rm -r d moved && ls -A")).output).toBe("");
    },
  );

  promise("/tmp and HOME are new for each command, and can be written to", async (stage) => {
    const write = `for d in /tmp ~ /dev/shm; do ls -A $d; echo x >$d/left || echo no; done; printf '#!/bin/sh\\necho ran' >/tmp/p; chmod 755 /tmp/p; /tmp/p`;
    for (const _ of [1, 2]) expect((await stage.bash(write)).output).toBe("ran\n");
  });

  promise("a mount is read-only unless it is writable", async (stage) => {
    await using other = await stageOf(stage.sandbox);
    writeFileSync(join(other.folder, "given"), "given");
    await stage.sandbox.adopt(other.folder);
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

  promise(
    "a link in the folder that leads outside leads nowhere, and the file outside stays as it was",
    async (stage) => {
      const outside = mkdtempSync(join(tmpdir(), "sandbox-outside-"));
      const file = join(outside, "file");
      writeFileSync(file, "intact", { mode: 0o666 });
      const { output } = await stage.bash(
        `ln -s ${outside} way; cat way/file; echo broken >way/file; ls /root /home`,
      );
      expect(output).not.toContain("intact");
      expect(readFileSync(file, "utf8")).toBe("intact");
      rmSync(outside, { recursive: true });
    },
  );

  promise("a folder behind a closed one is reached, its neighbours are not", async (stage) => {
    const closed = mkdtempSync(join(tmpdir(), "sandbox-closed-"));
    const folder = join(closed, "workspace");
    mkdirSync(folder);
    writeFileSync(join(closed, "neighbour"), "secret");
    writeFileSync(join(folder, "own"), "own");
    await stage.sandbox.adopt(folder);
    const script = `cat own; touch made; cat ${closed}/neighbour ../neighbour 2>/dev/null`;
    const { output, exitCode } = await stage.bash(script, { folder });
    expect({ output, exitCode }).toEqual({ output: "own", exitCode: 1 });
    expect(readFileSync(join(folder, "made"), "utf8")).toBe("");
    rmSync(closed, { recursive: true });
  });

  promise("a folder reached by a link in a closed folder is reached all the same", async (stage) => {
    const closed = mkdtempSync(join(tmpdir(), "sandbox-closed-"));
    symlinkSync(stage.folder, join(closed, "way"));
    const { output } = await stage.bash("echo there", { folder: join(closed, "way") });
    expect(output).toBe("there\n");
    rmSync(closed, { recursive: true });
  });

  promise("a command starts where it asks to, and never outside the folder", async (stage) => {
    mkdirSync(join(stage.folder, "deep"));
    expect((await stage.bash("pwd", { cwd: "deep" })).output).toBe("/workspace/deep\n");
    await expect(stage.bash("true", { cwd: "../etc" })).rejects.toThrow("outside");
  });
}
