import { expect, test } from "@jest/globals";
import { openStage } from "./stage.ts";

test("PHP has its extensions inside, and of their configuration nothing but the names", async () => {
  await using stage = await openStage();
  const run = async (line: string) =>
    (await stage.sandbox.run({ argv: ["sh", "-c", line], folder: stage.folder, timeoutMs: 60_000 })).output;
  expect((await run("php -m")).split("\n")).toEqual(expect.arrayContaining(["dom", "mbstring", "xmlwriter"]));
  const files = (await run("find /etc/php -type f")).trim().split("\n");
  expect(files).toEqual([expect.stringMatching(/^\/etc\/php\/[\d.]+\/cli\/conf\.d\/extensions\.ini$/)]);
  expect(await run("cat /etc/php/*/cli/conf.d/*")).toMatch(/^(extension=\w+\n)+$/);
});
