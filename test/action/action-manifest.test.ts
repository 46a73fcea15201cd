import { expect, test } from "@jest/globals";
import { inputNames, settingNames } from "../../src/action/inputs.ts";
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

test("an input that says the same as a variable has no default, which would hide the variable, and names the operator's", () => {
  const { label, limits } = readOperatorConfig({});
  for (const name of settingNames) expect(manifest.inputs[name]).not.toHaveProperty("default");
  expect(manifest.inputs.label.description).toContain(`default is ${label}`);
  expect(manifest.inputs["max-usd"].description).toContain(`default is ${limits.usd}`);
});

test("it runs the bundle on Node 24", () => {
  expect(manifest.runs).toEqual({ using: "node24", main: "dist/index.js" });
});
