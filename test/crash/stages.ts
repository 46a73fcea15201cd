import { setTimeout as delay } from "node:timers/promises";
import type { Files } from "../../src/demo/github/types.ts";
import type { ScriptedReply } from "../../src/demo/messages-api.ts";
import type { CrashHouse } from "./house.ts";
import { configPath, lines, proof } from "./lines.ts";
import type { Machine } from "./machine.ts";
import { processesOf } from "./processes.ts";

/** A moment of a run at which its process is killed. */
export interface Stage {
  readonly name: string;
  readonly files?: Files;
  readonly script?: readonly ScriptedReply[];
  /** Answers of the model that are lost with the process; default 0. */
  readonly lost?: number;
  /** Sees to it that the process is killed then, in the run of the next issue of the repository; resolves when it is. */
  kill(house: CrashHouse, machine: Machine, repository: string): Promise<void>;
}

/** Long enough to be seen in the list of processes. */
const [setup, tool, suite] = ["sleep 2.77", "sleep 3.11", "sleep 2.22"];
/** Setup has a way out of the sandbox, and so leaves more behind than other commands. */
const config = `setup: ${setup}\n${String(lines()[configPath]).replace("setup: null\n", "")}`;

export const stages: readonly Stage[] = [
  {
    name: "delivery stored",
    kill: (house, machine, name) =>
      once(machine, () =>
        house.github.deliveries.some(
          ({ payload, status }) =>
            status === 200 && payload.action === "labeled" && nameOf(payload) === `acme/${name}`,
        ),
      ),
  },
  { name: "job claimed", kill: (...given) => atAnswer(given, { path: "" }) },
  {
    name: "token minted",
    async kill(house, machine, name) {
      await seen(() => requested(house, "POST", `/repos/acme/${name}/issues/\\d+/comments$`));
      await atAnswer([house, machine, ""], {
        method: "POST",
        path: "^/app/installations/\\d+/access_tokens$",
      });
    },
  },
  { name: "clone", kill: (...given) => atAnswer(given, { path: "/git-upload-pack$", carriedOut: false }) },
  {
    name: "setup at work",
    files: { ...lines(), [configPath]: config },
    kill: (...given) => atCommand(given, setup, 1),
  },
  {
    name: "model called, its reply lost",
    lost: 1,
    kill: (house, machine, name) =>
      new Promise((resolve) =>
        house.beforeReply(async ({ issue, turn }) => {
          if (turn !== 1 || !issue.startsWith(`acme/${name}#`)) return;
          house.beforeReply(async () => {});
          await machine.kill();
          resolve();
        }),
      ),
  },
  { name: "reply stored, tool at work", script: proof(tool), kill: (...given) => atCommand(given, tool, 1) },
  { name: "tests at the base", files: lines(suite), kill: (...given) => atCommand(given, suite, 1) },
  { name: "tests after the edit", files: lines(suite), kill: (...given) => atCommand(given, suite, 3) },
  { name: "commit made", kill: (...given) => atAnswer(given, { method: "POST", path: "/git/commits$" }) },
  {
    name: "attempt kept",
    kill: (...given) => atAnswer(given, { method: "POST", path: "/git/refs$", told: /refs\/firstdraft\// }),
  },
  {
    name: "branch made",
    kill: (...given) => atAnswer(given, { method: "POST", path: "/git/refs$", told: /refs\/heads\// }),
  },
  { name: "pull request opened", kill: (...given) => atAnswer(given, { method: "POST", path: "/pulls$" }) },
  { name: "check run made", kill: (...given) => atAnswer(given, { method: "POST", path: "/check-runs$" }) },
  {
    name: "last word said",
    kill: (house, machine, name) =>
      once(machine, () =>
        requested(house, "PATCH", `/repos/acme/${name}/issues/comments/\\d+$`, '"body":"\\*\\*Draft'),
      ),
  },
];

type Given = [house: CrashHouse, machine: Machine, repository: string];

/** GitHub has done what it is asked for, if it is to, and the process is dead before it hears of it. */
function atAnswer(
  [{ github }, machine, name]: Given,
  {
    path,
    carriedOut = true,
    ...request
  }: { method?: string; path: string; told?: RegExp; carriedOut?: boolean },
): Promise<void> {
  return new Promise((resolve) =>
    github.fail({
      ...request,
      path: new RegExp(name === "" ? path : `^(/repos)?/acme/${name}\\b.*${path}`),
      ...{ status: "reset", carriedOut },
      before: () => machine.kill().then(resolve),
    }),
  );
}

/** At the n-th time that a command runs. */
function atCommand([{ folder }, machine]: Given, command: string, nth: number): Promise<void> {
  const pids = new Set<number>();
  return once(machine, () => {
    for (const one of processesOf(folder)) if (one.command === command) pids.add(one.pid);
    return pids.size >= nth;
  });
}

async function once(machine: Machine, condition: () => boolean): Promise<void> {
  await seen(condition);
  await machine.kill();
}

async function seen(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(5);
}

const requested = ({ github }: CrashHouse, method: string, path: string, body = "") =>
  github.requests.some(
    (one) =>
      one.method === method &&
      new RegExp(`^${path}`).test(one.path) &&
      new RegExp(body).test(JSON.stringify(one.body)),
  );

const nameOf = ({ repository }: Readonly<Record<string, unknown>>) =>
  (repository as { full_name?: string } | undefined)?.full_name;
