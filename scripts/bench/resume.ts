import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { issue } from "../../src/demo/issue.ts";
import { startMessagesApi } from "../../src/demo/messages-api.ts";
import type { RunningApp } from "../../src/demo/start-app.ts";
import { openWatch } from "../../src/demo/watch.ts";
import { repository, startAppPlace } from "./app.ts";
import { type Measure, type Row, row } from "./row.ts";
import { edits, lastWord } from "./sample.ts";
import { type BenchStore, onBothStores } from "./stores.ts";

const runs = 3;
const what = "kill -9 during a model call → the call again";

/** How long a run stands still when its process is killed while the model answers. */
export const resume: Measure = {
  name: "resume",
  measure: ({ folder }) =>
    onBothStores(folder, what, async (store) => {
      const rows = [await measured(folder, store, "started again at once on the same data folder")];
      if (store.name === "PostgreSQL")
        rows.push(await measured(folder, store, "another worker with a folder of its own is there"));
      return rows;
    }),
};

async function measured(folder: string, store: BenchStore, how: string): Promise<Row> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) times.push(await once(folder, store, how.startsWith("another")));
  const waits =
    store.name === "PostgreSQL"
      ? "; the job is taken over when its heart has stood still for 20 s, which is looked at every 15 s"
      : "";
  return row(`${what}, ${how}, ${store.name}`, times, "s", null, `from the kill${waits}`);
}

/** Seconds. */
async function once(folder: string, { env }: BenchStore, another: boolean): Promise<number> {
  const [asked, again] = [Promise.withResolvers<void>(), Promise.withResolvers<number>()];
  let calls = 0;
  const model = await startMessagesApi(({ messages }) => {
    if (messages.length === 1) return { tools: edits };
    if (calls++ === 0) {
      asked.resolve();
      return { hang: true };
    }
    again.resolve(performance.now());
    return lastWord;
  });
  let next: RunningApp | undefined;
  try {
    const own = { ...env, ANTHROPIC_BASE_URL: model.url, FIRSTDRAFT_SECOND_LOOK: "no", FIRSTDRAFT_ASK: "no" };
    await using place = await startAppPlace(folder, own);
    const { github, app, dataDir } = place;
    github.deliverTo(app.webhookUrl);
    const ada = github.as("ada");
    const { number } = await ada.openIssue(repository, issue);
    await ada.label(repository, number, "ai-generate");
    await asked.promise;
    if (another) next = await place.start(await mkdtemp(join(folder, "data-")));
    const killed = performance.now();
    process.kill(app.pid ?? 0, "SIGKILL");
    await app[Symbol.asyncDispose]();
    next ??= await place.start(dataDir);
    const time = (await again.promise) - killed;
    // To its end: given back, it would stand in the way of the next.
    await openWatch(ada, repository, () => {}).untilDraft(number, 1);
    return time / 1000;
  } finally {
    await next?.[Symbol.asyncDispose]();
    await model.close();
  }
}
