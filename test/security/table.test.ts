import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";

const text = readFileSync("SECURITY.md", "utf8");
const rows = text.split("\n").filter((line) => /^\| [SEF]\d+/.test(line));

test("every case from S1 to S62, E1 to E20 and F1 to F40 has its row", () => {
  const ids = rows.flatMap((row) => {
    const [, letter = "", from = "", to] = /^\| ([SEF])(\d+)(?:–[SEF](\d+))? \|/.exec(row) ?? [];
    const count = Number(to ?? from) - Number(from) + 1;
    return Array.from({ length: count }, (_, index) => `${letter}${Number(from) + index}`);
  });
  const wanted = [
    ...Array.from({ length: 62 }, (_, index) => `S${index + 1}`),
    ...Array.from({ length: 20 }, (_, index) => `E${index + 1}`),
    ...Array.from({ length: 40 }, (_, index) => `F${index + 1}`),
  ];
  expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test("every file that it names is there", () => {
  const named = [...text.matchAll(/`((?:src|test)\/[\w./-]+)`/g)].map(([, path = ""]) => path);
  expect(named.length).toBeGreaterThan(100);
  expect([...new Set(named)].filter((path) => !existsSync(path))).toEqual([]);
});

test("every row says by which test it is shown, or that it is not done, not tested or does not apply", () => {
  const open = rows.filter((row) => {
    const [, , what = "", where = "", shown = ""] = row.split("|");
    return !/`test\/|the same/.test(shown) && !/not done|not tested|not applicable/i.test(`${what}${where}`);
  });
  expect(open).toEqual([]);
});
