import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { issue } from "../../src/demo/issue.ts";
import { startMessagesApi } from "../../src/demo/messages-api.ts";
import { openWatch } from "../../src/demo/watch.ts";
import { repository, startAppPlace } from "./app.ts";
import { type Measure, median, row } from "./row.ts";
import { edits, lastWord } from "./sample.ts";

const runs = 3;

/** From the label to the pull request, through the App. */
export const draft: Measure = {
  name: "draft",
  async measure({ folder }) {
    const model = await startMessagesApi(({ messages }) =>
      messages.length === 1 ? { tools: edits } : lastWord,
    );
    try {
      await using place = await startAppPlace(folder, {
        ANTHROPIC_BASE_URL: model.url,
        FIRSTDRAFT_SECOND_LOOK: "no",
        FIRSTDRAFT_ASK: "no",
      });
      const { github, app, dataDir } = place;
      github.deliverTo(app.webhookUrl);
      const ada = github.as("ada");
      const times: number[] = [];
      const tests: number[] = [];
      for (let run = 0; run < runs; run++) {
        const { number } = await ada.openIssue(repository, issue);
        const known = new Set(await journalsIn(dataDir));
        const start = performance.now();
        await ada.label(repository, number, "ai-generate");
        await pullRequestAfter(github, run);
        const time = performance.now() - start;
        await openWatch(ada, repository, () => {}).untilDraft(number, 1);
        const journal = (await journalsIn(dataDir)).find((path) => !known.has(path));
        const suites = await suiteTime(journal ?? "");
        times.push(time - suites);
        tests.push(suites);
      }
      const note = `the App with PGlite; model instant, ${Math.round(median(tests))} ms of suites taken off`;
      return [
        row(
          "label → pull request, without model and tests",
          times.map((time) => time / 1000),
          "s",
          { sign: "<", value: 3 },
          note,
        ),
      ];
    } finally {
      await model.close();
    }
  },
};

/** Waits until the App has made its pull request number `before` + 1. */
async function pullRequestAfter({ requests }: LocalGitHub, before: number): Promise<void> {
  const end = Date.now() + 60_000;
  const made = () =>
    requests.filter(
      ({ method, path, status }) => method === "POST" && /\/pulls$/.test(path) && status === 201,
    );
  while (made().length <= before) {
    if (Date.now() > end) throw new Error("there was no pull request within a minute");
    await delay(5);
  }
}

async function journalsIn(dataDir: string): Promise<string[]> {
  const names = await readdir(join(dataDir, "runs")).catch(() => []);
  return names.map((name) => join(dataDir, "runs", name, "journal.jsonl"));
}

/**
 * Milliseconds of the run in which suites were running: base and base with tests start together, the head when the base
 * has ended. Less than their sum, so nothing of ours is taken for theirs.
 */
async function suiteTime(journal: string): Promise<number> {
  const entries = (await readFile(journal, "utf8")).trim().split("\n");
  const verifications = entries.map((line) => JSON.parse(line)).filter(({ type }) => type === "verification");
  const took = (suite?: { durationMs: number }) => suite?.durationMs ?? 0;
  return verifications.reduce((sum: number, { verification: { suites } }) => {
    const { base, baseWithTests, head } = suites;
    return sum + Math.max(took(baseWithTests), took(base) + took(head));
  }, 0);
}
