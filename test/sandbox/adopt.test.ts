import { lstatSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { openStage } from "./stage.ts";

test("a folder is handed over with all in it, and links are not followed", async () => {
  await using stage = await openStage();
  const outside = mkdtempSync(join(tmpdir(), "sandbox-outside-"));
  writeFileSync(join(outside, "file"), "");
  mkdirSync(join(stage.folder, "a/b"), { recursive: true });
  writeFileSync(join(stage.folder, "a/b/file"), "old", { mode: 0o600 });
  symlinkSync(outside, join(stage.folder, "a/way"));
  await stage.sandbox.adopt(stage.folder);
  const { output } = await stage.bash("echo new >a/b/file; cat a/b/file; stat -c %u a/b/file a/way");
  expect(output).toBe("new\n1000\n1000\n");
  const own = process.getuid?.();
  expect([statSync(outside).uid, statSync(join(outside, "file")).uid]).toEqual([own, own]);
  expect(lstatSync(join(stage.folder, "a/way")).isSymbolicLink()).toBe(true);
  rmSync(outside, { recursive: true });
});
