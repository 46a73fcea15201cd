import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { removeDeadOutlets } from "../../src/sandbox/outlet/left-over.ts";
import { until } from "../helpers/until.ts";

const opening = `
import { openOutlet } from "${import.meta.dirname}/../../src/sandbox/outlet/open-outlet.ts";
const { folder } = await openOutlet(new Map());
console.log(folder);`;

let top = "";
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), "firstdraft-outlets-"));
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

/** A process with an outlet in `top`; its folder's path is what it prints. */
async function holder() {
  const child = spawn(process.execPath, ["--input-type=module", "-e", opening], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, TMPDIR: top },
  });
  const exited = once(child, "exit");
  const [folder] = await once(child.stdout, "data");
  const kill = async () => {
    child.kill("SIGKILL");
    await exited;
  };
  return { folder: String(folder).trim(), kill };
}

test("the outlet of a killed process is removed; one in use stays, and so does one that only begins", async () => {
  const [dead, live] = [await holder(), await holder()];
  try {
    const beginning = join(top, "firstdraft-outlet-begins");
    mkdirSync(beginning);
    await dead.kill();
    // The kernel may close a dead process's socket a moment after the process is gone.
    await until("its outlet is removed", async () => {
      await removeDeadOutlets(top);
      return !existsSync(dead.folder);
    });
    expect(
      readdirSync(top)
        .map((name) => join(top, name))
        .toSorted(),
    ).toEqual([live.folder, beginning].toSorted());
  } finally {
    await live.kill();
  }
});
