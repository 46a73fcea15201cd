import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { mocha } from "../../src/verify/runners/mocha.ts";

const tests = `
describe("sum", () => {
  it("adds", () => {});
  it("carries", () => { throw new TypeError("no carry"); });
  it("later");
});
describe("hooks", () => {
  before(() => { throw new Error("boom"); });
  it("is never reached", () => {});
});
describe("the end", () => {
  it("leaves", () => process.exit(3));
});
`;

test("our reporter writes each test as it ends, also where the process does not come to its end", () => {
  const folder = mkdtempSync(join(tmpdir(), "firstdraft-mocha-"));
  try {
    for (const [name, text] of Object.entries(mocha.programs ?? {})) writeFileSync(join(folder, name), text);
    writeFileSync(join(folder, "a.cjs"), tests);
    const options = [`--reporter=${folder}/mocha-reporter.cjs`, join(folder, "a.cjs")];
    const program = resolve("node_modules/mocha/bin/mocha.js");
    const { status } = spawnSync(process.execPath, [program, "--reporter=dot", ...options], {
      cwd: folder,
      env: { PATH: process.env.PATH, FIRSTDRAFT_REPORTS: folder },
    });
    expect(status).toBe(3);

    const [report = ""] = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
    const results = mocha.read(new Map([[report, readFileSync(join(folder, report), "utf8")]]));
    expect(results).toEqual([
      { name: "sum adds", file: join(folder, "a.cjs"), state: "passed" },
      expect.objectContaining({
        name: "sum carries",
        state: "failed",
        message: expect.stringMatching(/^TypeError: no carry/),
      }),
      { name: "sum later", file: join(folder, "a.cjs"), state: "skipped" },
      expect.objectContaining({ name: 'hooks "before all" hook for "is never reached"', state: "failed" }),
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
