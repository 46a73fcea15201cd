import { type Measure, notMeasured, type Row, row } from "./row.ts";
import { fromBuild, fromSource, runLocal } from "./run-local.ts";
import { lastWord, makeSample } from "./sample.ts";

const runs = 7;
const aim = { sign: "<", value: 500 } as const;

/** How long a user waits until the model is asked for the first time. */
export const start: Measure = {
  name: "start",
  async measure({ folder, noBuild }) {
    const sample = await makeSample(folder);
    const rows: Row[] = [];
    for (const [how, entry] of [
      ["build", fromBuild],
      ["source", fromSource],
    ] as const) {
      const what = `start → first model request, \`firstdraft local\` from ${how === "build" ? "the build" : "source"}`;
      if (how === "build" && noBuild !== null) {
        rows.push(notMeasured(what, "ms", aim, noBuild));
        continue;
      }
      const times: number[] = [];
      for (let run = 0; run < runs; run++) {
        const { arrivals } = await runLocal(entry, sample, [lastWord], folder);
        times.push(arrivals[0] ?? Number.NaN);
      }
      rows.push(row(what, times, "ms", aim));
    }
    return rows;
  },
};
