import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { temporaryFolder, write } from "./parts/folder.ts";

test("folders that are closed are removed, and what a link leads to stays as it is", () => {
  using given = temporaryFolder();
  const [closed, outside] = [join(given.path, "closed"), join(given.path, "outside")];
  mkdirSync(outside, { mode: 0o500 });
  mkdirSync(closed);
  write(closed, { "a/b/c.txt": "1\n" });
  symlinkSync(outside, join(closed, "link"));
  for (const name of ["a/b", "a", ""]) chmodSync(join(closed, name), 0);
  const uid = process.getuid?.() === 0 ? 60_606 : undefined;
  if (uid !== undefined) execFileSync("chown", ["-R", "-h", `${uid}`, given.path]);
  chmodSync(given.path, 0o777);

  // as an ordinary user, since root may do anything
  const module = join(import.meta.dirname, "../../src/workspace/remove-all.ts");
  const script = `const { removeAll } = await import(${JSON.stringify(module)}); await removeAll(${JSON.stringify(closed)})`;
  const identity = uid === undefined ? {} : { uid, gid: uid };
  const ended = spawnSync(process.execPath, ["--input-type=module", "-e", script], { ...identity, cwd: "/" });

  expect(String(ended.stderr)).toBe("");
  expect(existsSync(closed)).toBe(false);
  expect(statSync(outside).mode & 0o777).toBe(0o500);
});
