import { randomBytes } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { type MessagesApi, startMessagesApi } from "../../src/demo/messages-api.ts";
import { type AppProcess, startAppProcess } from "../helpers/app-process.ts";
import { dataFolder } from "../helpers/data-folder.ts";
import { proved, sums } from "../helpers/sums.ts";
import { openRepository, type TestRepository } from "../helpers/test-repository.ts";
import { patience, until } from "../helpers/until.ts";
import { postgresPrograms, startPostgres } from "../job/postgres.ts";

jest.setTimeout(patience);
const hours = 3_600_000;
const preload = `--import=${import.meta.dirname}/../helpers/shifted-clock.ts`;
let github: LocalGitHub;
let model: MessagesApi;
let dataDir = "";
let app: AppProcess | undefined;
let jumps: readonly number[] = [];

const setClock = (shift: number) => {
  // In one go: a file that is being written is empty for a moment, and the clock would jump once more.
  writeFileSync(join(dataDir, "clock.next"), String(shift));
  renameSync(join(dataDir, "clock.next"), join(dataDir, "clock"));
};

beforeEach(async () => {
  dataDir = await dataFolder();
  github = await startGitHub({
    repositories: [{ owner: "acme", name: "sums", files: sums }],
    users: [{ login: "ada", role: "write" }],
    app: { webhookSecret: randomBytes(24).toString("base64url") },
  });
  model = await startMessagesApi((_, i) => {
    const jump = jumps[i];
    if (jump !== undefined) setClock(jump);
    return proved[i] ?? {};
  });
});
afterEach(async () => {
  await app?.kill();
  await Promise.all([github.close(), model.close()]);
  await rm(dataDir, { recursive: true, force: true });
});

const appWith = async (more: Record<string, string> = {}) => {
  setClock(0);
  app = await startAppProcess(github, {
    ...{ DATA_DIR: dataDir, ANTHROPIC_API_KEY: "sk-ant-api03-none", ANTHROPIC_BASE_URL: model.url },
    ...{ NODE_OPTIONS: preload, FIRSTDRAFT_TEST_CLOCK: join(dataDir, "clock"), ...more },
  });
  return openRepository(github, "sums", () => 0);
};

/** Two issues, one behind the other: a repository has one run at a time. */
async function bothHaveTheirTurn(repository: TestRepository): Promise<void> {
  const issues = [await repository.openIssue(), await repository.openIssue()];
  for (const issue of issues) await repository.label(issue);
  const words = async () => {
    const comments = await Promise.all(issues.map((issue) => repository.comments(issue)));
    return comments.map((said) => /^\*\*(.+?)\*\*/.exec(said.join())?.[1]).toSorted();
  };
  // They are taken in at the same time, so either may be the first. For the other the model has nothing more to say.
  await until("both have had their turn", async () => (await words()).join() === "Draft,No change");
  expect(await repository.pulls()).toHaveLength(1);
}

const programs = postgresPrograms();
// Debian's postgresql package is not everywhere.
(programs === null ? test.skip : test)(
  "a process whose clock jumps back and ahead beside a PostgreSQL: its run ends as it would, and what waits has its turn",
  async () => {
    const postgres = await startPostgres(programs ?? "");
    try {
      jumps = [-2 * hours, 2 * hours];
      const repository = await appWith({ FIRSTDRAFT_GITHUB_LIMITS: "yes", DATABASE_URL: postgres.url });
      await bothHaveTheirTurn(repository);
    } finally {
      await app?.kill();
      await postgres.stop();
    }
  },
);

test.each([
  ["forward two hours", [2 * hours]],
  ["forward and back again", [2 * hours, 0]],
  ["back two hours", [-2 * hours]],
  ["back two hours, and two more", [-2 * hours, -4 * hours]],
])("the clock jumps %s during a run: it ends as it would, once", async (_, given) => {
  jumps = given;
  const repository = await appWith();
  const issue = await repository.openIssue();
  await repository.label(issue);
  await until("there is a draft", async () =>
    /\*\*Draft\*\*/.test((await repository.comments(issue)).join()),
  );
  const comments = await repository.comments(issue);
  expect(comments).toHaveLength(1);
  expect(comments[0]).toContain("**Verified**: ");
  expect(await repository.pulls()).toHaveLength(1);
  expect(model.requests).toHaveLength(2);
});

test("set back two hours, it keeps nothing waiting: not what is queued behind a run, and no write to GitHub", async () => {
  jumps = [-2 * hours];
  const repository = await appWith({ FIRSTDRAFT_GITHUB_LIMITS: "yes" });
  await bothHaveTheirTurn(repository);
});
