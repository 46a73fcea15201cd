import { randomBytes } from "node:crypto";
import { expect, jest, test } from "@jest/globals";
import { openQueue } from "../../src/job/queue.ts";
import { openStore } from "../../src/job/store.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { canHaveSmallDisk, smallDisk } from "../helpers/small-disk.ts";
import { recorder, until } from "../job/recorder.ts";
import { pglite } from "../job/stores.ts";
import { job } from "../job/triggers.ts";
import { fixture } from "../verify/repository.ts";
import { verifyChange } from "../verify/verifying.ts";

jest.setTimeout(150_000);
// Nobody else may mount one.
const onSmallDisk = canHaveSmallDisk ? test : test.skip;

const node = (body: string) => `require("node:test").test("adds", () => {${body}});\n`;
const base = {
  "package.json": JSON.stringify({ scripts: { test: "node --test test/" } }),
  "test/add.test.js": node(""),
};
const opened = () => openSandbox({ provider: "bubblewrap", acceptNoSandbox: false });

onSmallDisk("a checkout that does not fit is no failure of git's or of the change's", async () => {
  using on = await fixture({ ...base, "large.txt": randomBytes(3 * 2 ** 20).toString("hex") });
  using disk = smallDisk(4);
  const change = { "test/add.test.js": node("/* changed */") };
  const verifying = verifyChange(on, change, { sandbox: await opened(), scratch: disk.folder });
  await expect(verifying).rejects.toMatchObject({ code: "disk-full" });
});

onSmallDisk("tests that fail as the disk is full say nothing of the change", async () => {
  using on = await fixture(base);
  using disk = smallDisk(24);
  const write = `require("node:fs").writeFileSync("out", Buffer.alloc(64 * 2 ** 20))`;
  const verifying = verifyChange(
    on,
    { "test/add.test.js": node(write) },
    {
      ...{ sandbox: await opened(), scratch: disk.folder },
    },
  );
  await expect(verifying).rejects.toMatchObject({ code: "disk-full" });
});

onSmallDisk(
  "the queue's disk is full: what cannot be stored is refused, what was stored is there afterwards",
  async () => {
    using disk = smallDisk(80);
    const open = async () => openQueue(await openStore(pglite(disk.folder)), { retryDelay: 0 });
    const full = await open();
    const stored: string[] = [];
    disk.fill(512 * 1024);
    const body = randomBytes(30_000).toString("hex");
    const large = (n: number) => {
      const { request, ...rest } = job(n, `r${n}`);
      if (request.kind !== "issue") throw new Error("not an issue");
      return { ...rest, request: { ...request, issue: { ...request.issue, body } } };
    };
    const refused = await (async () => {
      for (let n = 0; n < 2000; n++) {
        try {
          await full.enqueue(large(n));
          stored.push(large(n).key);
        } catch (error) {
          return String(error);
        }
      }
      return "nothing";
    })();
    expect(refused).toMatch(/No space left|could not (?:extend|write)/);
    await full.close().catch(() => {});

    disk.free();
    const again = await open();
    const { seen, stages } = recorder();
    await again.work(stages);
    await again.enqueue(job(9999, "later"));
    await until(() => seen.includes("done acme/later#9999"));
    await until(() => stored.every((key) => seen.includes(`done ${key}`)));
    await again.close();
    expect(stored.length).toBeGreaterThan(0);
  },
);
