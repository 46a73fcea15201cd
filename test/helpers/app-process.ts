import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { LocalGitHub } from "../../src/demo/github/types.ts";
import { freePort } from "../../src/demo/start-app.ts";
import { until } from "./until.ts";

export interface AppProcess {
  /** What it has written to its outputs. */
  readonly output: readonly string[];
  readonly url: string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Ends it as a container engine does: SIGTERM, and SIGKILL ten seconds later. How it ended: `0`, or a signal. */
  stop(): Promise<number | NodeJS.Signals>;
}

/** Milliseconds. */
const engineWaits = 10_000;

const main = `${import.meta.dirname}/../../src/cli/main.ts`;

/** `firstdraft serve` in a process of its own, which may not listen yet. */
export function spawnApp(
  github: LocalGitHub,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
) {
  const { PATH = "", HOME = "" } = process.env;
  return spawn(process.execPath, [main, "serve", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...{ PATH, HOME, PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "debug", NODE_ENV: "production" },
      ...{ APP_ID: String(github.appId), PRIVATE_KEY: github.privateKey },
      ...{ WEBHOOK_SECRET: github.webhookSecret, GHE_HOST: github.host, GHE_PROTOCOL: "http" },
      FIRSTDRAFT_SECOND_LOOK: "no",
      FIRSTDRAFT_ASK: "no",
      ...env,
    },
  });
}

/** `firstdraft serve` in a process of its own, at a port that its GitHub delivers to. */
export async function startAppProcess(
  github: LocalGitHub,
  env: Readonly<Record<string, string>>,
  output: string[] = [],
  args: readonly string[] = [],
): Promise<AppProcess> {
  const port = await freePort();
  // As on GitHub the address is there before the App is: what it asks for as soon as it listens arrives.
  github.deliverTo(`http://127.0.0.1:${port}/api/github/webhooks`);
  const app = spawnApp(github, { PORT: String(port), ...env }, args);
  const exited = once(app, "exit");
  // By lines: a piece of one of the two must not stand within a line of the other.
  for (const input of [app.stdout, app.stderr])
    createInterface({ input }).on("line", (line) => output.push(`${line}\n`));
  await until("the App listens", async () => {
    if (app.exitCode !== null) throw new Error(`The App ended: ${output.join("")}`);
    return (await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null))?.ok === true;
  });
  return {
    output,
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      app.kill("SIGTERM");
      const end = setTimeout(() => app.kill("SIGKILL"), engineWaits);
      await exited;
      clearTimeout(end);
      return app.exitCode ?? app.signalCode ?? -1;
    },
    kill: async () => {
      app.kill("SIGKILL");
      await exited;
    },
  };
}
