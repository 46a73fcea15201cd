import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { namedPlaces } from "../../src/verify/prepare/named-places.ts";
import { runSetup } from "../../src/verify/prepare/run-setup.ts";

const sandbox = await openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });
const scratch = mkdtempSync(join(tmpdir(), "firstdraft-places-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

mkdirSync(join(scratch, "kept/data/runs"), { recursive: true });

function made(name: string): string {
  const folder = join(scratch, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "name"), "there\n");
  return folder;
}

test("what the controller keeps is shown to no setup, nor what it lies in", () => {
  const [data, wheels] = [made("kept/data"), made("wheels")];
  const before = process.env.DATA_DIR;
  process.env.DATA_DIR = data;
  try {
    const values = { KEPT: `${data} ${data}/runs ${join(data, "..")} file://${data}`, WHEELS: wheels };
    expect(namedPlaces(values).map(({ host }) => host)).toEqual([wheels]);
  } finally {
    if (before === undefined) delete process.env.DATA_DIR;
    else process.env.DATA_DIR = before;
  }
});

test("a setup reads the folders that the operator's variables for it name, and no other", async () => {
  const [wheels, mirror, other] = [made("wheels"), made("mirror"), made("other")];
  const [folder, home] = [made("checkout"), made("home")];
  for (const own of [folder, home]) await sandbox.adopt(own);
  const tried = [`${wheels}/name`, `${mirror}/name`, `${other}/name`, "/etc/shadow", `${homedir()}/.profile`];
  const command = `for file in ${tried.join(" ")}; do if test -r $file; then echo yes; else echo no; fi; done > seen
! touch ${wheels}/new`;
  const { finished } = await runSetup({
    ...{ sandbox, folder, home, scratch, network: "none", setupMs: 60_000, paths: [] },
    setup: { command, folder: "", readsSources: false, manifests: [], near: true },
    setupEnv: {
      WHEELS: `${wheels}/ https://packages.example`,
      MIRROR: `file://${mirror}`,
      NEVER: `/etc/shadow ${homedir()} / ${scratch}/none relative file://elsewhere${other}`,
    },
  });
  expect(finished).toMatchObject({ exitCode: 0 });
  expect(readFileSync(join(folder, "seen"), "utf8")).toBe("yes\nyes\nno\nno\nno\n");
});
