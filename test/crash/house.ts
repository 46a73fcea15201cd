import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startGitHub } from "../../src/demo/github/start.ts";
import type { Files, LocalGitHub } from "../../src/demo/github/types.ts";
import { type MessagesApi, type ScriptedReply, startMessagesApi } from "../../src/demo/messages-api.ts";
import { openRepository, type TestRepository } from "../helpers/test-repository.ts";
import { until } from "../helpers/until.ts";
import { isDraft, proof } from "./lines.ts";
import { type Life, type Machine, openMachine } from "./machine.ts";
import { longest } from "./size.ts";

/** What a call of the model was for. */
export interface Turn {
  readonly issue: string;
  /** Answers that its history has. */
  readonly turn: number;
  readonly key: string;
  readonly at: number;
}

/** A GitHub and a Messages API on this machine, and the processes of ours that are killed between them. */
export interface CrashHouse extends AsyncDisposable {
  readonly github: LocalGitHub;
  readonly model: MessagesApi;
  /** All that the processes write is below it. */
  readonly folder: string;
  readonly lives: readonly Life[];
  readonly machines: readonly Machine[];
  readonly turns: readonly Turn[];
  /** Every issue that was labelled, as `acme/lines#3`. */
  readonly labelled: readonly string[];
  readonly output: readonly string[];
  at(repository: string): TestRepository;
  /** Opens an issue and labels it. Returns it as `acme/lines#3`. */
  ask(repository: string): Promise<string>;
  /** Waits until the issue's comment says that there is a draft, and its run has come to its end. */
  drafted(issue: string): Promise<void>;
  /** Starts a process on a machine of its own. `deliverTo` is told where it listens each time; default: GitHub is. */
  machine(role?: "web" | "worker", deliverTo?: (url: string) => void): Promise<Machine>;
  /** From now on each reply waits until this has been asked. */
  beforeReply(ask: (turn: Turn) => Promise<void>): void;
  /** What the model answers in one repository; default: the shortest way to a proved change. */
  script(repository: string, replies: readonly ScriptedReply[]): void;
}

export async function openCrashHouse(
  repositories: Readonly<Record<string, Files>>,
  databaseUrl?: string,
): Promise<CrashHouse> {
  const folder = mkdtempSync(join(tmpdir(), "firstdraft-crash-"));
  const github = await startGitHub({
    repositories: Object.entries(repositories).map(([name, files]) => ({ owner: "acme", name, files })),
    users: [{ login: "ada", role: "write" }],
    app: { webhookSecret: randomBytes(24).toString("base64url") },
  });
  const [lives, machines, turns]: [Life[], Machine[], Turn[]] = [[], [], []];
  const [labelled, output]: [string[], string[]] = [[], []];
  const scripts = new Map<string, readonly ScriptedReply[]>();
  const usual = proof();
  let before = async (_: Turn) => {};
  const model = await startMessagesApi(async ({ messages }) => {
    const [, job = ""] = /\bjob (\d+): /.exec(JSON.stringify(messages[0])) ?? [];
    const turn = {
      issue: labelled[Number(job)] ?? "",
      turn: messages.filter(({ role }) => role === "assistant").length,
      ...{ key: keyIn(model), at: performance.now() },
    };
    turns.push(turn);
    await before(turn);
    return (scripts.get(turn.issue.replace(/#.*/, "")) ?? usual)[turn.turn] ?? { text: "" };
  });
  let jobs = 0;
  const opening: Promise<void>[] = [];

  const shared = {
    ...{ ANTHROPIC_BASE_URL: model.url, FIRSTDRAFT_HUNK_MINUTES: "0", FIRSTDRAFT_LINT_MINUTES: "0" },
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };

  /** What the processes said last of an issue. */
  const lastLine = (issue: string) =>
    output.findLast((line) => [":", " "].some((end) => line.startsWith(`${issue}${end}`))) ?? "";

  return {
    ...{ github, model, folder, lives, machines, turns, labelled, output },
    at: (name) => openRepository(github, name, () => 0),
    machine(role, deliverTo = github.deliverTo) {
      const own = { folder: join(folder, `machine-${opening.length}`), github: { ...github, deliverTo } };
      const one = openMachine({ ...own, env: shared, role, lives, output });
      const kept = one.then((machine) => void machines.push(machine));
      opening.push(kept.catch(() => {}));
      return one;
    },
    async ask(name) {
      const repository = openRepository(github, name, () => 0);
      // The model's requests show the title, and so whose they are.
      const job = jobs++;
      const issue = await repository.openIssue({ title: `job ${job}: the sum is wrong` });
      labelled[job] = `acme/${name}#${issue}`;
      await repository.label(issue);
      return `acme/${name}#${issue}`;
    },
    beforeReply: (ask) => {
      before = ask;
    },
    script: (name, replies) => void scripts.set(`acme/${name}`, replies),
    async drafted(issue) {
      const [name = "", number = ""] = issue.replace("acme/", "").split("#");
      const repository = openRepository(github, name, () => 0);
      const isThere = async () =>
        endLine.test(lastLine(issue)) && (await repository.comments(Number(number))).some(isDraft);
      await until(`${issue} has its draft`, isThere, longest);
    },
    async [Symbol.asyncDispose]() {
      // Also those that were starting when another could not.
      await Promise.all(opening);
      await Promise.all(machines.map((each) => each.kill()));
      await Promise.all([github.close(), model.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Said when nothing more is done for an issue: a run that was killed after its last word begins once more. */
const endLine = /: (drafted|had ended)/;

/** The key of the request that is being answered. */
function keyIn({ requests }: MessagesApi): string {
  const { "x-api-key": key, authorization } = requests.at(-1)?.headers ?? {};
  return String(key ?? authorization).replace(/^Bearer /, "");
}
