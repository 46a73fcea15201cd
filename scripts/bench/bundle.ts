import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type Measure, notMeasured, row } from "./row.ts";

const file = "dist/index.js";

export const bundle: Measure = {
  name: "bundle",
  async measure({ noBuild }) {
    const what = `size of the Action's bundle, ${file}`;
    const aim = { sign: "<", value: 3 } as const;
    if (noBuild !== null) return [notMeasured(what, "MB", aim, noBuild)];
    const { size } = await stat(join(import.meta.dirname, "../..", file));
    return [row(what, [size / 1e6], "MB", aim)];
  },
};
