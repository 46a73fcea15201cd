import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, jest, test } from "@jest/globals";
import { openTables } from "../../src/job/store.ts";
import { pglite } from "../job/stores.ts";
import { drained } from "./drained.ts";
import { openCrashHouse } from "./house.ts";
import { lines } from "./lines.ts";
import { ownPostgres } from "./own-postgres.ts";
import { isFull, longest, requirePromised } from "./size.ts";
import { type Stage, stages } from "./stages.ts";

jest.setTimeout(longest * 3);
const { url, onPostgres } = ownPostgres();

/** Without the full size those that no other test kills at. */
const small = ["job claimed", "clone", "setup at work", "reply stored, tool at work", "tests after the edit"];
const chosen = (names: readonly string[]) => stages.filter(({ name }) => isFull || names.includes(name));

async function killAt(wanted: readonly Stage[], url: string | undefined, store: string): Promise<void> {
  const files = wanted.map(({ files = lines() }, index) => [`stage-${index}`, files] as const);
  await using house = await openCrashHouse(Object.fromEntries(files), url);
  const machine = await house.machine();
  const lost: Record<string, number> = {};
  for (const [index, stage] of wanted.entries()) {
    const from = house.turns.length;
    if (stage.script !== undefined) house.script(`stage-${index}`, stage.script);
    const killed = stage.kill(house, machine, `stage-${index}`);
    const issue = await house.ask(`stage-${index}`);
    const inTime = delay(longest, "in vain", { ref: false });
    if ((await Promise.race([killed, inTime])) !== undefined) throw new Error(`"${stage.name}" never came.`);
    await machine.start();
    if (url !== undefined) await heartStoodStill(url);
    await house.drafted(issue);
    const turns = house.turns.slice(from).map(({ turn }) => turn);
    lost[stage.name] = turns.length - new Set(turns).size;
  }
  requirePromised(`every stage on ${store}`, await drained(house));
  expect(lost).toEqual(Object.fromEntries(wanted.map((stage) => [stage.name, stage.lost ?? 0])));
}

/** As after the seconds in which a worker's heart may stand still: what the other scenarios wait for. */
async function heartStoodStill(databaseUrl: string): Promise<void> {
  const tables = await openTables({ ...pglite(""), databaseUrl });
  try {
    // Not of what was taken over by now: its worker is alive.
    await tables.sql(
      "UPDATE pgboss.job SET heartbeat_on = now() - interval '1 hour' WHERE state = 'active' AND retry_count = 0",
    );
  } finally {
    await tables.close();
  }
}

describe("killed at every stage: nothing is lost, nothing is there twice, and only a lost reply is paid for again", () => {
  test("on PGlite", () => killAt(chosen(small), undefined, "PGlite"));
  onPostgres("on PostgreSQL", () => killAt(chosen(["tests at the base"]), url(), "PostgreSQL"));
});
