import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { describeRepository } from "../../src/context/describe-repository.ts";
import { rankFiles } from "../../src/context/rank.ts";
import type { Toolchain } from "../../src/verify/toolchain.ts";
import { listFiles } from "../../src/workspace/list-files.ts";
import { openLocalRepository } from "../../src/workspace/open-local-repository.ts";
import { makeRepository, temporaryFolder } from "../workspace/parts/folder.ts";

const toolchain: Toolchain = {
  name: "npm + jest",
  setup: "npm ci",
  test: "npm test",
  runner: "jest",
  manifests: [],
  setupReadsSources: false,
};

async function arrange(files: Record<string, string>) {
  const folder = temporaryFolder();
  makeRepository(join(folder.path, "source"), files);
  const cacheDir = join(folder.path, "cache");
  const repository = await openLocalRepository({ dir: join(folder.path, "source"), cacheDir });
  const rank = async (text: string) =>
    rankFiles(repository, await listFiles(repository, repository.tree), text);
  const describe = (body: string) =>
    describeRepository({ repository, toolchain, issue: { number: 1, title: "t", body, author: "a" } });
  return { rank, describe, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

const shop = {
  "src/cart.ts": "export function addToCart() {}\n",
  "src/price.ts": "export function applyVoucher(total: number) { return total; }\n",
  "src/mail.ts": "export function sendMail() {}\n",
  "test/price.test.ts": "test('voucher', () => applyVoucher(1));\n",
  "dist/price.js": "applyVoucher voucher voucher\n",
  "logo.png": "voucher",
};

test("the file that the text names comes first, then those with its words in path or content", async () => {
  using given = await arrange(shop);

  const ranked = await given.rank("apply_voucher is wrong in src/mail.ts: the voucher is taken off twice");

  expect(ranked[0]).toBe("src/mail.ts");
  expect(ranked.slice(1, 3).sort()).toEqual(["src/price.ts", "test/price.test.ts"]);
});

test("one word of a joined name finds the others", async () => {
  using given = await arrange(shop);

  expect((await given.rank("the Cart"))[0]).toBe("src/cart.ts");
  expect(await given.rank("nothing of this")).toEqual([]);
});

test("the same repository and issue are described by the same bytes", async () => {
  using given = await arrange({ ...shop, "AGENTS.md": "Use tabs.\n" });

  const first = await given.describe("voucher");

  expect(await given.describe("voucher")).toEqual(first);
  expect(first.text).toContain("npm test");
  expect(first.text).toContain("Use tabs.");
  expect(first.text).toContain("src/price.ts");
  expect(first.seen).toMatchObject([
    { kind: "instructions", where: "AGENTS.md", by: null, characters: "Use tabs.".length, cut: 0 },
    { kind: "files" },
  ]);
});

test("a large repository and long instructions are cut, and that is said", async () => {
  const many = Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`deep/er/f${i}.txt`, "x"]));
  using given = await arrange({ ...many, "top.ts": "x", "CLAUDE.md": "rule\n".repeat(10_000) });

  const { text, seen } = await given.describe("x");

  expect(text.length).toBeLessThan(40_000);
  expect(text).toContain("of 902");
  expect(text).toContain("top.ts");
  expect(text).toContain("[cut");
  expect(seen[0]).toMatchObject({ where: "CLAUDE.md", cut: "rule\n".repeat(10_000).trim().length - 12_000 });
});
