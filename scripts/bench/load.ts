import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { issue } from "../../src/demo/issue.ts";
import { startMessagesApi } from "../../src/demo/messages-api.ts";
import { freePort } from "../../src/demo/start-app.ts";
import { type AppPlace, startAppPlace } from "./app.ts";
import { liveMemory, measuredBy } from "./live-memory.ts";
import { memoryOf, watchPeak } from "./memory.ts";
import { type Measure, type Row, row } from "./row.ts";
import { edits, lastWord } from "./sample.ts";
import { type BenchStore, onBothStores } from "./stores.ts";

const labels = 200;
const repositories = Array.from({ length: 20 }, (_, index) => `acme/duration-${index}`);
/** Seconds that the App rests before its memory is looked at. */
const rest = 5;
/** Milliseconds in which a run ends, or the measurement is given up. */
const patience = 20 * 60_000;
const what = `memory of the App over ${labels} labels in ${repositories.length} repositories`;

/** Whether many runs leave something behind: the same crowd twice, each run from its label to its pull request. */
export const load: Measure = {
  name: "load",
  measure: ({ folder }) => onBothStores(folder, what, (store) => twice(folder, store)),
};

async function twice(folder: string, { name, env }: BenchStore): Promise<Row[]> {
  const model = await startMessagesApi(({ messages }) =>
    messages.length === 1 ? { tools: edits } : lastWord,
  );
  try {
    const DATA_DIR = await mkdtemp(join(folder, "data-"));
    const port = await freePort();
    const own = {
      ...env,
      ...measuredBy(port),
      DATA_DIR,
      ANTHROPIC_BASE_URL: model.url,
      FIRSTDRAFT_SECOND_LOOK: "no",
      FIRSTDRAFT_ASK: "no",
    };
    // The very first start makes the tables, which takes PGlite more memory than all that comes later.
    await (await startAppPlace(folder, own))[Symbol.asyncDispose]();
    await using place = await startAppPlace(folder, own, repositories);
    place.github.deliverTo(place.app.webhookUrl);
    const before = await resting(place);
    const kept = [await liveMemory(place.app.pid, port)];
    const first = await crowd(place, labels);
    kept.push(await liveMemory(place.app.pid, port));
    const second = await crowd(place, 2 * labels);
    kept.push(await liveMemory(place.app.pid, port));
    const [, afterFirst = 0, afterSecond = 0] = kept;
    const note = (part: Crowd) =>
      `${part.drafts} of ${labels} became drafts, labelled within ${part.labelled.toFixed(0)} s, all done after ${part.took.toFixed(0)} s; ${rest} s later ${megabytes(part.after)}`;
    const share = (100 * second.peak) / first.peak;
    return [
      row(
        `${what}, ${name}`,
        [first.peak / 1e6],
        "MB",
        null,
        `highest VmRSS, looked at every 20 ms; before ${megabytes(before)}; ${note(first)}`,
      ),
      row(
        `the same again, beside the first time, ${name}`,
        [share],
        "%",
        { sign: "≤", value: 110 },
        `${megabytes(second.peak)}; ${note(second)}`,
      ),
      row(
        `what the App keeps after the second time, beside after the first, ${name}`,
        [(100 * afterSecond) / afterFirst],
        "%",
        { sign: "≤", value: 105 },
        `heap and buffers once garbage is collected: ${kept.map(megabytes).join(", then ")}`,
      ),
    ];
  } finally {
    await model.close();
  }
}

interface Crowd {
  /** Bytes. */
  readonly peak: number;
  readonly after: number;
  /** Seconds. */
  readonly labelled: number;
  readonly took: number;
  readonly drafts: number;
}

/** Opens and labels so many issues that `total` are there, and waits for what becomes of them. */
async function crowd(place: AppPlace, total: number): Promise<Crowd> {
  const peak = watchPeak(place.app.pid, "VmRSS");
  const ada = place.github.as("ada");
  const before = endsSaid(place.github).drafts;
  const start = performance.now();
  for (let index = 0; index < labels; index++) {
    const repository = repositories[index % repositories.length] ?? "";
    const { number } = await ada.openIssue(repository, issue);
    await ada.label(repository, number, "ai-generate");
  }
  const labelled = performance.now() - start;
  while (endsSaid(place.github).ended < total) {
    if (performance.now() - start > patience)
      throw new Error(`of ${total} runs ${endsSaid(place.github).ended} ended`);
    await delay(500);
  }
  const took = performance.now() - start;
  const after = await resting(place);
  const drafts = endsSaid(place.github).drafts - before;
  return { peak: peak(), after, labelled: labelled / 1000, took: took / 1000, drafts };
}

/** On how many issues the App has said how their run ended, and on how many of these that there is a draft. */
function endsSaid({ requests }: LocalGitHub): { ended: number; drafts: number } {
  const last = new Map<string, string>();
  for (const { method, path, body } of requests)
    if (method === "PATCH" && /\/issues\/comments\/\d+$/.test(path))
      last.set(path, String((body as { body?: unknown }).body));
  const said = (word: RegExp) => [...last.values()].filter((text) => word.test(text)).length;
  return { ended: said(/^\*\*(Draft|Stopped|No change)\*\*/m), drafts: said(/^\*\*Draft\*\*/m) };
}

async function resting({ app }: AppPlace): Promise<number> {
  await delay(rest * 1000);
  const bytes = memoryOf(app.pid);
  if (bytes === null) throw new Error("the App has ended");
  return bytes;
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
