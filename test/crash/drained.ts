import { until } from "../helpers/until.ts";
import { type Counts, countAll, leftIn } from "./count.ts";
import type { CrashHouse } from "./house.ts";
import { processesOf } from "./processes.ts";

/** Waits until every issue has its draft and all is over, and counts. What does not come is counted as it stands then. */
export async function drained(house: CrashHouse): Promise<Counts> {
  for (const issue of house.labelled) await inVain(house.drafted(issue));
  await inVain(
    until("the runs have ended", () => house.machines.every((one) => leftIn(one).length === 0), 60_000),
  );
  await Promise.all(house.machines.map((machine) => machine.app.stop()));
  await inVain(until("their processes are gone", () => processesOf(house.folder).length === 0, 60_000));
  return countAll(house);
}

/** The counts tell. */
const inVain = (waiting: Promise<void>) => waiting.catch((error: Error) => console.error(error.message));
