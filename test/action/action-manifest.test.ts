import { expect, test } from "@jest/globals";
import { inputNames } from "../../src/action/inputs.ts";
import { outputNames } from "../../src/action/show.ts";
import { readOperatorConfig } from "../../src/config/operator-config.ts";
import { manifest } from "./runner.ts";

test("action.yml has the inputs that are read and the outputs that are set, each with its description", () => {
  expect(Object.keys(manifest.inputs).sort()).toEqual([...inputNames].sort());
  expect(Object.keys(manifest.outputs).sort()).toEqual([...outputNames].sort());
  for (const entry of [...Object.values(manifest.inputs), ...Object.values(manifest.outputs)]) {
    expect(entry).toMatchObject({ description: expect.stringMatching(/\w/) });
  }
});

test("its defaults are the operator's own", () => {
  const { label, limits } = readOperatorConfig({});
  expect(manifest.inputs.label.default).toBe(label);
  expect(Number(manifest.inputs["max-usd"].default)).toBe(limits.usd);
});

test("it runs the bundle on Node 24", () => {
  expect(manifest.runs).toEqual({ using: "node24", main: "dist/index.js" });
});
